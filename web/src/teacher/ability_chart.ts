// The picture of an ability over time: points, a band of uncertainty, the cut. Pure geometry in a box of WIDTH × HEIGHT.
import type { Cell, HistoryEntry } from "../protocol";

export interface Belief {
  at_ms: number;
  mean: number; // logits above the cut
  sd: number;
}

export const WIDTH = 320;
export const HEIGHT = 120;
const EIGHTY_PERCENT = 1.2816; // of a normal lies within so many standard deviations
const LEAST_REACH = 1.5; // logits around the cut that are always in the picture

// The belief after each answer on the topic, oldest first, and as it is now.
export function beliefs_of(history: HistoryEntry[], topic: string, cut: number, cell: Cell, now_ms: number): Belief[] {
  const past = history
    .filter((entry) => entry.topic === topic && entry.sd_after > 0)
    .map(({ at_ms, mean_after, sd_after }) => ({ at_ms, mean: mean_after - cut, sd: sd_after }))
    .sort((a, b) => a.at_ms - b.at_ms);
  const last = past.at(-1)?.at_ms ?? now_ms;
  return [...past, { at_ms: Math.max(last, now_ms), mean: cell.mean - cut, sd: cell.sd }];
}

export function low({ mean, sd }: Belief): number {
  return mean - EIGHTY_PERCENT * sd;
}

export function high({ mean, sd }: Belief): number {
  return mean + EIGHTY_PERCENT * sd;
}

export interface Chart {
  line: string;
  band: string;
  cut_y: number;
  points: { x: number; y: number }[];
  days: { x: number; at_ms: number }[]; // labels of the time axis
}

export function chart_of(beliefs: Belief[]): Chart {
  const x_of = time_scale(beliefs);
  const top = Math.max(LEAST_REACH, ...beliefs.map(high));
  const bottom = Math.min(-LEAST_REACH, ...beliefs.map(low));
  const y_of = (logits: number) => round(((top - logits) / (top - bottom)) * HEIGHT);
  const points = beliefs.map((belief) => ({ x: x_of(belief.at_ms), y: y_of(belief.mean) }));
  const upper = beliefs.map((belief) => `${x_of(belief.at_ms)},${y_of(high(belief))}`);
  const lower = beliefs.map((belief) => `${x_of(belief.at_ms)},${y_of(low(belief))}`);
  const line = points.map(({ x, y }) => `${x},${y}`).join(" L");
  return {
    line: `M${line}`,
    band: `M${[...upper, ...lower.reverse()].join(" L")} Z`,
    cut_y: y_of(0),
    points,
    days: day_labels(beliefs, x_of),
  };
}

function time_scale(beliefs: Belief[]): (at_ms: number) => number {
  const first = beliefs[0].at_ms;
  const span = beliefs[beliefs.length - 1].at_ms - first;
  return (at_ms) => (span === 0 ? WIDTH / 2 : round(((at_ms - first) / span) * WIDTH));
}

function day_labels(beliefs: Belief[], x_of: (at_ms: number) => number) {
  return [beliefs[0], beliefs[beliefs.length - 1]].map(({ at_ms }) => ({ x: x_of(at_ms), at_ms }));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
