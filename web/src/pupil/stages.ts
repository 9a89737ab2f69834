// The five stages of a topic, as steps of a small stair.
import { m } from "../paraglide/messages.js";

const ORDER = ["new", "started", "growing", "almost", "mastered"];

// 0 for a topic not begun, 4 for one that is mastered.
export function stage_height(stage: string): number {
  return Math.max(0, ORDER.indexOf(stage));
}

export function stage_text(stage: string): string {
  return [m.stage_new, m.stage_started, m.stage_growing, m.stage_almost, m.stage_mastered][stage_height(stage)]();
}

// Only a step up is worth a word.
export function went_up(before: string, after: string): boolean {
  return stage_height(after) > Math.max(1, stage_height(before));
}
