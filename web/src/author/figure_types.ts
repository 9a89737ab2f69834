// The pictures an item may have, and their numbers (docs/CONTENT.md, Figures).
import { m } from "../paraglide/messages.js";

export const FIGURE_TYPES = ["bar", "circle", "grid", "line", "dots", "table"] as const;

// The numbers of a picture, by their names in a document, with what the form calls them.
export function numbers_of_figure(type: string): { name: string; label: string }[] {
  const parts = { name: "parts", label: m.figure_parts() };
  const shaded = { name: "shaded", label: m.figure_shaded() };
  switch (type) {
    case "bar":
    case "circle":
      return [parts, shaded];
    case "grid":
      return [{ name: "rows", label: m.figure_rows() }, { name: "columns", label: m.figure_columns() }, shaded];
    case "line":
      return [
        { name: "from", label: m.figure_from() },
        { name: "to", label: m.figure_to() },
        { name: "ticks", label: m.figure_ticks() },
        { name: "mark", label: m.figure_mark() },
      ];
    case "dots":
      return [{ name: "groups", label: m.figure_groups() }, { name: "each", label: m.figure_each() }, shaded];
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
