import { expect, test } from "vitest";
import { marks_of } from "./question_marks";

const at = (at_s: number) => ({ pupil: 1, name: "Noor", at_s, text: "?", asked_ms: 0 });
const heights = (seconds: number[], width: number) =>
  marks_of(seconds.map(at), 100, width).map(({ height }) => height);

test("question marks: those that would overlap stand on each other", () => {
  expect(heights([10, 12, 30], 5)).toEqual([0, 1, 0]);
  expect(heights([10, 12, 14, 16], 5)).toEqual([0, 1, 2, 0]);
});

test("question marks: on a narrower line more of them overlap", () => {
  expect(heights([10, 20], 5)).toEqual([0, 0]);
  expect(heights([10, 20], 12)).toEqual([0, 1]);
});

test("question marks: in the order of the video, and never higher than four", () => {
  expect(marks_of([at(20), at(10)], 100, 5).map(({ left }) => left)).toEqual([10, 20]);
  expect(heights([10, 10, 10, 10, 10], 5)).toEqual([0, 1, 2, 3, 3]);
});
