// Which page of the teacher is open: kept in the address after the #, so that back, reload and a bookmark work.
export type Route =
  | { page: "class" }
  | { page: "pupil"; id: number; topic: string }
  | { page: "topic"; id: string }
  | { page: "lessons"; topic: string }
  | { page: "lesson"; id: number }
  | { page: "groups" }
  | { page: "week"; pupil: number }
  | { page: "plan"; pupils: number[]; topic: string };

export function parse_route(hash: string): Route {
  const [page, id = "", topic = ""] = hash.replace(/^#/, "").split("/").map(decode);
  if (page === "pupil" && is_number(id)) return { page, id: Number(id), topic };
  if (page === "lesson" && is_number(id)) return { page, id: Number(id) };
  if (page === "topic" && id !== "") return { page, id };
  if (page === "lessons") return { page, topic: id };
  if (page === "groups") return { page };
  if (page === "week") return { page, pupil: is_number(id) ? Number(id) : 0 };
  if (page === "plan") return { page, pupils: id.split(",").filter(is_number).map(Number), topic };
  return { page: "class" };
}

export function is_same_page(a: Route, b: Route): boolean {
  return a.page === b.page && ("id" in a ? a.id : 0) === ("id" in b ? b.id : 0);
}

// Which part of the menu a page belongs to.
export function section_of({ page }: Route): string {
  if (page === "lesson") return "lessons";
  if (page === "plan") return "groups";
  return ["lessons", "groups", "week"].includes(page) ? page : "class";
}

export const class_link = "#class";
export const lessons_link = "#lessons";
export const pupil_link = (id: number, topic = "") =>
  `#pupil/${id}${topic === "" ? "" : `/${encodeURIComponent(topic)}`}`;
export const topic_link = (id: string) => `#topic/${encodeURIComponent(id)}`;
export const plan_link = (topic: string) => `#lessons/${encodeURIComponent(topic)}`;
export const week_link = (pupil = 0) => (pupil === 0 ? "#week" : `#week/${pupil}`);
export const groups_link = "#groups";
export const group_plan_link = (pupils: number[], topic: string) =>
  `#plan/${pupils.join(",")}/${encodeURIComponent(topic)}`;
export const lesson_link = (id: number) => `#lesson/${id}`;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // typed by hand, with a stray %
  }
}

function is_number(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
