// Where the arrow keys lead in the class table. Pure.
export interface Place {
  row: number;
  column: number;
}

export interface Size {
  rows: number;
  columns: number;
}

type Keys = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">;

// The new place, or null when the key is not ours or leads nowhere. The corner (0, 0) is no place.
export function moved(from: Place, keys: Keys, size: Size): Place | null {
  if (keys.altKey || keys.metaKey) return null;
  const to = target_of(from, keys, size);
  if (to === null) return null;
  const row = Math.max(0, Math.min(to.row, size.rows - 1));
  const column = Math.max(0, Math.min(to.column, size.columns - 1));
  const is_corner = row === 0 && column === 0;
  const stays = row === from.row && column === from.column;
  return is_corner || stays ? null : { row, column };
}

function target_of({ row, column }: Place, { key, ctrlKey }: Keys, size: Size): Place | null {
  switch (key) {
    case "ArrowLeft":
      return { row, column: column - 1 };
    case "ArrowRight":
      return { row, column: column + 1 };
    case "ArrowUp":
      return { row: row - 1, column };
    case "ArrowDown":
      return { row: row + 1, column };
    case "Home":
      return ctrlKey ? { row: 1, column: 0 } : { row, column: row === 0 ? 1 : 0 };
    case "End":
      return ctrlKey ? { row: size.rows - 1, column: size.columns - 1 } : { row, column: size.columns - 1 };
    default:
      return null;
  }
}
