// Problems of a draft, each at its place: "answer.options[1].feedback.en".
import type { FieldProblem } from "../protocol";

export function problems_at(problems: FieldProblem[], path: string): FieldProblem[] {
  return problems.filter(
    ({ field }) => field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`),
  );
}

// The path of the first string in a document that holds the text; "" when there is none.
export function path_of(document: unknown, text: string, path = ""): string {
  if (typeof document === "string") return document.includes(text) ? path : "";
  if (document === null || typeof document !== "object") return "";
  for (const [name, member] of Object.entries(document)) {
    const step = Array.isArray(document) ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    const found = path_of(member, text, step);
    if (found !== "") return found;
  }
  return "";
}
