// The pictures an item may have, and their numbers (docs/CONTENT.md, Figures).
import { m } from "../paraglide/messages.js";

export const FIGURE_TYPES = ["bar", "circle", "grid", "line", "dots", "table"] as const;

export function numbers_of_figure(type: string): string[] {
  switch (type) {
    case "bar":
    case "circle":
      return ["parts", "shaded"];
    case "grid":
      return ["rows", "columns", "shaded"];
    case "line":
      return ["from", "to", "ticks", "mark"];
    case "dots":
      return ["groups", "each", "shaded"];
    default:
      return [];
  }
}

export function figure_name(type: (typeof FIGURE_TYPES)[number]): string {
  return {
    bar: m.figure_bar,
    circle: m.figure_circle,
    grid: m.figure_grid,
    line: m.figure_line,
    dots: m.figure_dots,
    table: m.figure_table,
  }[type]();
}
