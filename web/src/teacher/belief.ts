// A belief in words: how far, how sure, where to.
import { m } from "../paraglide/messages.js";
import type { Cell } from "../protocol";
import { certainty_of, level_of, trend_of, type Certainty, type Level, type Trend } from "./levels";

export function level_text(level: Level): string {
  return [m.teacher_level_0, m.teacher_level_1, m.teacher_level_2, m.teacher_level_3, m.teacher_level_4][level]();
}

export function certainty_text(certainty: Certainty): string {
  return { sure: m.teacher_sure, fairly: m.teacher_fairly_sure, little: m.teacher_little_data }[certainty]();
}

export function trend_text(trend: Trend): string {
  return { up: m.teacher_trend_up, down: m.teacher_trend_down, level: m.teacher_trend_level }[trend]();
}

// The whole cell in words, for whoever does not see its picture.
export function cell_text(cell: Cell): string {
  const level = level_of(cell);
  const parts = [level_text(level)];
  if (level > 0) parts.push(certainty_text(certainty_of(cell.sd)));
  if (trend_of(cell) !== "level") parts.push(trend_text(trend_of(cell)));
  if (cell.answers > 0) parts.push(m.teacher_answers({ count: cell.answers }));
  return parts.join(", ");
}

// A share that is known, not believed: 0.0002 → "< 1 %", 1 → "100 %".
export function share_text(share: number): string {
  const whole = Math.round(share * 100);
  return whole === 0 && share > 0 ? "<\u00a01\u00a0%" : `${whole}\u00a0%`;
}

// 0.743 → "74 %". Never 0 or 100: a belief is not a certainty.
export function percent(share: number): string {
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))}\u00a0%`;
}
