import { expect, test } from "vitest";
import { chapter_at, clock, union, watched_share } from "./watched";

test("watched: overlapping ranges count once", () => {
  expect(
    union([
      { from: 5, to: 9 },
      { from: 0, to: 6 },
      { from: 20, to: 21 },
    ]),
  ).toEqual([
    { from: 0, to: 9 },
    { from: 20, to: 21 },
  ]);
});

test("watched: the union does not change its ranges", () => {
  const ranges = [
    { from: 0, to: 2 },
    { from: 1, to: 5 },
  ];
  union(ranges);
  expect(ranges[0].to).toBe(2);
});

test("watched: skipping to the end is not watching", () => {
  expect(
    watched_share(
      0,
      [
        { from: 0, to: 1 },
        { from: 39, to: 40 },
      ],
      40,
    ),
  ).toBeCloseTo(0.05);
});

test("watched: never less than before, never more than all", () => {
  expect(watched_share(0.5, [{ from: 0, to: 4 }], 40)).toBe(0.5);
  expect(watched_share(0.5, [{ from: 18, to: 41 }], 40)).toBe(1);
  expect(watched_share(0.3, [], 0)).toBe(0.3);
});

test("watched: what is seen now adds to what was seen before", () => {
  expect(watched_share(0.25, [{ from: 20, to: 30 }], 40)).toBeCloseTo(0.5);
});

test("watched: a moment as minutes and seconds", () => {
  expect([0, 9.9, 80, 600].map(clock)).toEqual(["0:00", "0:09", "1:20", "10:00"]);
});

test("watched: the chapter of a moment", () => {
  const chapters = [{ at_s: 0 }, { at_s: 10 }];
  expect([0, 9, 10, 99].map((at) => chapter_at(chapters, at))).toEqual([0, 0, 1, 1]);
});
