// What the provider of the school sent the browser back with, in the address of the page /school/.

export interface Returned {
  door: string; // where it began: "/teacher"; "/" when the address does not say
  code: string; // "" when nobody signed in there
  state: string;
}

const DOORS = ["teacher", "author", "guardian", "leader", "talent", "admin"];

// The state begins with the door: "teacher.3fQ…".
export function returned(search: string): Returned {
  const given = new URLSearchParams(search);
  const state = given.get("state") ?? "";
  const [first] = state.split(".");
  const door = first !== undefined && DOORS.includes(first) ? `/${first}` : "/";
  return { door, code: given.has("error") ? "" : (given.get("code") ?? ""), state };
}

export type Ending = "busy" | "cancelled" | "linked" | "not-linked" | "taken" | "late" | "not-trusted" | "down";

// What to say when the server refuses with this code.
export function ending_of(code: string): Ending {
  switch (code) {
    case "forbidden":
      return "not-linked";
    case "conflict":
      return "taken";
    case "not-found":
      return "late";
    case "unavailable":
    case "too-many":
      return "down";
    default:
      return "not-trusted";
  }
}
