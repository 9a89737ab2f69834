import { expect, test } from "vitest";
import type { Figure } from "../protocol";
import { bar_cells, dot_columns, grid_cells, line_position, line_ticks, sectors } from "./figure";

const figure = (parts: Partial<Figure>): Figure => ({ type: "", alt: "", tick_labels: [], table: [], ...parts });

test("figure: a bar has equal parts, shaded from the left", () => {
  const cells = bar_cells(figure({ parts: 4, shaded: 1 }), 400, 50);
  expect(cells.map(({ x, shaded }) => [x, shaded])).toEqual([
    [0, true],
    [100, false],
    [200, false],
    [300, false],
  ]);
});

test("figure: a grid is filled row by row", () => {
  const cells = grid_cells(figure({ rows: 2, columns: 3, shaded: 4 }), 300, 200);
  expect(cells.filter(({ shaded }) => shaded).map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [100, 0],
    [200, 0],
    [0, 100],
  ]);
});

test("figure: as many sectors as parts, and one part is a whole disc", () => {
  expect(sectors(figure({ parts: 6, shaded: 2 }), 100).map(({ shaded }) => shaded)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(sectors(figure({ parts: 1, shaded: 1 }), 100)).toHaveLength(1);
});

test("figure: a sector over half of the disc takes the long way", () => {
  const [first] = sectors(figure({ parts: 4 }), 100);
  expect(first.path).toBe("M0,0 L0.00,-100.00 A100,100 0 0 1 100.00,0.00Z");
});

test("figure: a value stands on its place between the ends", () => {
  expect(line_position(figure({ from: 1, to: 3 }), 1.5, 400)).toBe(100);
});

test("figure: every tick has its own label", () => {
  const ticks = line_ticks(figure({ ticks: 2, tick_labels: ["0", "", "1"] }), 100);
  expect(ticks.map(({ x, label, end }) => [x, label, end])).toEqual([
    [0, "0", true],
    [50, "", false],
    [100, "1", true],
  ]);
});

test("figure: dots stand in near squares of at most five wide", () => {
  expect([1, 3, 4, 6, 9, 12, 40].map(dot_columns)).toEqual([1, 3, 2, 3, 3, 4, 5]);
});
