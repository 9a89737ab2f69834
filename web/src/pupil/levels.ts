// How hard it may be, in words for a child.
import { m } from "../paraglide/messages.js";

export const LEVELS = ["easy", "middle", "hard", "adaptive"] as const;

export function level_text(level: string): string {
  switch (level) {
    case "easy":
      return m.level_easy();
    case "middle":
      return m.level_middle();
    case "hard":
      return m.level_hard();
    default:
      return m.level_adaptive();
  }
}
