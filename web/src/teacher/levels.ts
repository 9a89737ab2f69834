// What the numbers of a belief mean: a level, how sure we are of it, where it is going. Their words are in belief.ts.
// The levels are those a pupil sees of himself (the stages), so that both talk about the same stair. Pure.
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

// How sure, from the standard deviation of the ability in logits. Before any answer it is 1; about five answers on a
// topic bring it to .7, about fifteen to .45.
export type Certainty = "sure" | "fairly" | "little";
export const CERTAINTIES: Certainty[] = ["sure", "fairly", "little"];

export function certainty_of(sd: number): Certainty {
  if (sd < 0.45) return "sure";
  return sd < 0.7 ? "fairly" : "little";
}

// A quarter of a logit in seven days is more than noise for a pupil who practised.
export type Trend = "up" | "down" | "level";

export function trend_of({ trend, answers }: Pick<Cell, "trend" | "answers">): Trend {
  if (answers === 0 || Math.abs(trend) < 0.25) return "level";
  return trend > 0 ? "up" : "down";
}
