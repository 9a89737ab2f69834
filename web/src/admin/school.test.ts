import { expect, test } from "vitest";
import type { PersonRow, SchoolShown } from "../protocol";
import { by_year, names_in, pupils_of, pupils_without_class, teachers_of } from "./school";

const person = (id: number, role: string, name: string, classes: number[], closed = false): PersonRow => ({
  id,
  role,
  name,
  classes,
  children: [],
  closed,
  second_step: false,
  school_account: false,
});

const school: SchoolShown = {
  type: "school-shown",
  request: "r",
  school: "De Trap",
  administrator: 9,
  school_years: [
    { id: "groep6", title: "groep 6" },
    { id: "groep7", title: "groep 7" },
  ],
  classes: [
    { id: 2, name: "Groep 7", code: "ABC346", school_year: "groep7" },
    { id: 1, name: "Groep 6", code: "DEF346", school_year: "groep6" },
  ],
  people: [
    person(1, "pupil", "Zoë", [2]),
    person(2, "pupil", "Bo", [2, 1]),
    person(3, "pupil", "Sem", [2], true),
    person(4, "pupil", "Fem", []),
    person(5, "teacher", "juf", [2]),
  ],
  cards: [],
};

test("a pasted list gives one name a line, without blanks", () => {
  expect(names_in(" Noor\r\n\r\nSem de Vries \tBo, Fem;Zoë\n")).toEqual(["Noor", "Sem de Vries", "Bo", "Fem", "Zoë"]);
});

test("a class shows its pupils by name, without those who left", () => {
  expect(pupils_of(school, 2).map(({ name }) => name)).toEqual(["Bo", "Zoë"]);
  expect(teachers_of(school, 1)).toEqual([]);
  expect(pupils_without_class(school).map(({ name }) => name)).toEqual(["Fem"]);
});

test("classes stand in the order of the school years", () => {
  expect(by_year(school).map(({ name }) => name)).toEqual(["Groep 6", "Groep 7"]);
});
