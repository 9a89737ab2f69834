// Who is where in the school, for the office's pages. Pure.
import type { PersonRow, SchoolClassRow, SchoolShown } from "../protocol";

export const STAFF_ROLES = ["teacher", "author", "guardian", "leader", "coordinator", "administrator"] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const in_order = (people: PersonRow[]) => people.toSorted((a, b) => a.name.localeCompare(b.name));

export function pupils_of(school: SchoolShown, class_id: number): PersonRow[] {
  return in_order(
    school.people.filter(({ role, closed, classes }) => role === "pupil" && !closed && classes.includes(class_id)),
  );
}

export function teachers_of(school: SchoolShown, class_id: number): PersonRow[] {
  return staff_of(school, "teacher").filter(({ classes }) => classes.includes(class_id));
}

export function staff_of(school: SchoolShown, role: StaffRole): PersonRow[] {
  return in_order(school.people.filter((person) => person.role === role && !person.closed));
}

export function pupils(school: SchoolShown): PersonRow[] {
  return in_order(school.people.filter(({ role, closed }) => role === "pupil" && !closed));
}

export function closed_people(school: SchoolShown): PersonRow[] {
  return in_order(school.people.filter(({ closed }) => closed));
}

// Pupils who are in no class see nothing to do: the office shows them until they are in one.
export function pupils_without_class(school: SchoolShown): PersonRow[] {
  return pupils(school).filter(({ classes }) => classes.length === 0);
}

export function class_name(school: SchoolShown, id: number): string {
  return school.classes.find((each) => each.id === id)?.name ?? "";
}

export function by_year(school: SchoolShown): SchoolClassRow[] {
  const place = (row: SchoolClassRow) => school.school_years.findIndex(({ id }) => id === row.school_year);
  return school.classes.toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name));
}

// One name a line, as typed or pasted from a list; a comma or tab ends a name too.
export function names_in(text: string): string[] {
  return text
    .split(/[\n\r\t,;]+/)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
