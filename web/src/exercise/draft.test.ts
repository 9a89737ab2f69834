import { expect, test } from "vitest";
import type { AnswerForm } from "../protocol";
import { assemble, empty_draft, moved, option_of_key, toggled, type Draft } from "./draft";

function form(type: string, options = 0): AnswerForm {
  return {
    type,
    options: Array.from({ length: options }, () => ({ text: [] })),
    unit: "",
    before: "",
    simplest: false,
  };
}

function check_answer(type: string, draft: Partial<Draft>, expected: string | null) {
  const answer = assemble(form(type), { ...empty_draft(form(type)), ...draft });
  expect(answer).toEqual(expected === null ? null : { text: expected });
}

test("draft: a fraction is numerator/denominator", () => {
  check_answer("fraction", { numerator: " 3 ", denominator: "4" }, "3/4");
});

test("draft: half a fraction is no answer yet", () => {
  check_answer("fraction", { numerator: "3" }, null);
  check_answer("mixed", { whole: "1", denominator: "4" }, null);
});

test("draft: a mixed number has a space before its fraction", () => {
  check_answer("mixed", { whole: "1", numerator: "3", denominator: "4" }, "1 3/4");
});

test("draft: a whole number alone, or a fraction alone, is a mixed number too", () => {
  check_answer("mixed", { whole: "2" }, "2");
  check_answer("mixed", { numerator: "3", denominator: "4" }, "3/4");
});

test("draft: what is typed goes to the server as it is, spaces around it aside", () => {
  check_answer("number", { text: " 0,75 " }, "0,75");
  check_answer("text", { text: "   " }, null);
});

test("draft: chosen options go in the order shown, an ordering in the pupil's", () => {
  const draft = { ...empty_draft(form("multiple", 3)), chosen: [2, 0] };
  expect(assemble(form("multiple", 3), draft)).toEqual({ chosen: [0, 2] });
  expect(assemble(form("ordering", 3), { ...draft, chosen: [2, 0, 1] })).toEqual({ chosen: [2, 0, 1] });
});

test("draft: nothing chosen is no answer, an ordering starts as shown", () => {
  expect(assemble(form("single", 3), empty_draft(form("single", 3)))).toBeNull();
  expect(assemble(form("ordering", 3), empty_draft(form("ordering", 3)))).toEqual({ chosen: [0, 1, 2] });
});

test("draft: choosing again takes back", () => {
  expect(toggled(toggled([], 1), 1)).toEqual([]);
});

test("draft: an entry moves and the others make room", () => {
  expect(moved([4, 5, 6, 7], 0, 2)).toEqual([5, 6, 4, 7]);
  expect(moved([4, 5, 6], 0, -1)).toEqual([4, 5, 6]);
  expect(moved([4, 5, 6], 2, 3)).toEqual([4, 5, 6]);
});

test("draft: digits and letters name options", () => {
  expect(["1", "9", "a", "F", "g", "0", "Enter"].map(option_of_key)).toEqual([0, 8, 0, 5, -1, -1, -1]);
});
