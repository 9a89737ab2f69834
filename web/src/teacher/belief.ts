// What the numbers of a belief mean to a teacher: a level, how sure we are of it, where it is going.
// The levels are those a pupil sees of himself (the stages), so that both talk about the same stair.
import { m } from "../paraglide/messages.js";
import type { Cell } from "../protocol";

// 0 nothing known yet, 1 begins, 2 grows, 3 nearly, 4 mastered.
export type Level = 0 | 1 | 2 | 3 | 4;
export const LEVELS: Level[] = [4, 3, 2, 1, 0];

export function level_of({ mastery, answers }: Pick<Cell, "mastery" | "answers">): Level {
  if (mastery > 0.95) return 4;
  if (answers === 0) return 0;
  if (mastery > 0.7) return 3;
  return mastery > 0.3 ? 2 : 1;
}

export function level_text(level: Level): string {
  return [m.teacher_level_0, m.teacher_level_1, m.teacher_level_2, m.teacher_level_3, m.teacher_level_4][level]();
}

// How sure, from the standard deviation of the ability in logits. Before any answer it is 1; about five answers on a
// topic bring it to .7, about fifteen to .45.
export type Certainty = "sure" | "fairly" | "little";
export const CERTAINTIES: Certainty[] = ["sure", "fairly", "little"];

export function certainty_of(sd: number): Certainty {
  if (sd < 0.45) return "sure";
  return sd < 0.7 ? "fairly" : "little";
}

export function certainty_text(certainty: Certainty): string {
  return { sure: m.teacher_sure, fairly: m.teacher_fairly_sure, little: m.teacher_little_data }[certainty]();
}

// A quarter of a logit in seven days is more than noise for a pupil who practised.
export type Trend = "up" | "down" | "level";

export function trend_of({ trend, answers }: Pick<Cell, "trend" | "answers">): Trend {
  if (answers === 0 || Math.abs(trend) < 0.25) return "level";
  return trend > 0 ? "up" : "down";
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
  return whole === 0 && share > 0 ? "< 1 %" : `${whole} %`;
}

// 0.743 → "74 %". Never 0 or 100: a belief is not a certainty.
export function percent(share: number): string {
  return `${Math.min(99, Math.max(1, Math.round(share * 100)))} %`;
}
