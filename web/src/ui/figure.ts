// Geometry of the pictures, in the units of their SVG view box. Pure, so that tests can look at the numbers.
import type { Figure } from "../protocol";

export interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
  shaded: boolean;
}

// One row of equal parts, shaded from the left.
export function bar_cells(figure: Figure, width: number, height: number): Cell[] {
  return grid_cells({ ...figure, rows: 1, columns: figure.parts ?? 1 }, width, height);
}

// Filled row by row.
export function grid_cells(figure: Figure, width: number, height: number): Cell[] {
  const { rows = 1, columns = 1, shaded = 0 } = figure;
  return Array.from({ length: rows * columns }, (_, index) => ({
    x: ((index % columns) * width) / columns,
    y: (Math.floor(index / columns) * height) / rows,
    width: width / columns,
    height: height / rows,
    shaded: index < shaded,
  }));
}

// Sectors of a circle around (0, 0), clockwise from the top. One part is the whole disc.
export function sectors(figure: Figure, radius: number): { path: string; shaded: boolean }[] {
  const { parts = 1, shaded = 0 } = figure;
  if (parts === 1) {
    const half = `A${radius},${radius} 0 0 1`;
    return [{ path: `M0,${-radius} ${half} 0,${radius} ${half} 0,${-radius}Z`, shaded: shaded > 0 }];
  }
  return Array.from({ length: parts }, (_, index) => ({
    path: sector(index / parts, (index + 1) / parts, radius),
    shaded: index < shaded,
  }));
}

function sector(from: number, to: number, radius: number): string {
  const large = to - from > 0.5 ? 1 : 0;
  return `M0,0 L${on_circle(from, radius)} A${radius},${radius} 0 ${large} 1 ${on_circle(to, radius)}Z`;
}

function on_circle(turn: number, radius: number): string {
  const angle = (turn - 0.25) * 2 * Math.PI;
  return `${(radius * Math.cos(angle)).toFixed(2)},${(radius * Math.sin(angle)).toFixed(2)}`;
}

// Where a value stands on a number line of that width.
export function line_position(figure: Figure, value: number, width: number): number {
  const { from = 0, to = 1 } = figure;
  return to === from ? 0 : ((value - from) / (to - from)) * width;
}

export function line_ticks(figure: Figure, width: number): { x: number; label: string; end: boolean }[] {
  const { ticks = 1, tick_labels } = figure;
  return Array.from({ length: ticks + 1 }, (_, index) => ({
    x: (index * width) / ticks,
    label: tick_labels[index] ?? "",
    end: index === 0 || index === ticks,
  }));
}

// Groups side by side; the dots of one group in rows of at most five.
export function dot_columns(each: number): number {
  return each <= 3 ? each : Math.min(5, Math.ceil(Math.sqrt(each)));
}
