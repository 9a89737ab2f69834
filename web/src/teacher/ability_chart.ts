// The picture of an ability over time: points, a band of uncertainty, the cut. Pure geometry, WIDTH × HEIGHT.
import type { Cell, HistoryEntry } from "../protocol";

export interface Belief {
  at_ms: number;
  mean: number; // logits above the cut
  sd: number;
}

export const WIDTH = 320;
export const HEIGHT = 120;
const EIGHTY_PERCENT = 1.2816; // of a normal lies within so many standard deviations
const DAY_MS = 24 * 60 * 60_000;
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
}

export function chart_of(beliefs: Belief[]): Chart {
  const x = positions_of(beliefs);
  const top = Math.max(LEAST_REACH, ...beliefs.map(high));
  const bottom = Math.min(-LEAST_REACH, ...beliefs.map(low));
  const y_of = (logits: number) => round(((top - logits) / (top - bottom)) * HEIGHT);
  const points = beliefs.map((belief, index) => ({ x: x[index], y: y_of(belief.mean) }));
  const upper = beliefs.map((belief, index) => `${x[index]},${y_of(high(belief))}`);
  const lower = beliefs.map((belief, index) => `${x[index]},${y_of(low(belief))}`);
  const line = points.map(({ x, y }) => `${x},${y}`).join(" L");
  return {
    line: `M${line}`,
    band: `M${[...upper, ...lower.reverse()].join(" L")} Z`,
    cut_y: y_of(0),
    points,
  };
}

// Ten answers of one lesson need room, and so does a week without any: each answer is a step, each day in between too.
function positions_of(beliefs: Belief[]): number[] {
  const steps = beliefs.map(({ at_ms }, index) => index + (at_ms - beliefs[0].at_ms) / DAY_MS);
  const length = steps[steps.length - 1];
  return steps.map((step) => (length === 0 ? WIDTH / 2 : round((step / length) * WIDTH)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
