// The laboratory's report as the program writes it: server/commands/lab_report.hpp says what each number is.

export interface Estimate {
  mean: number;
  half: number;
}

export interface Gains {
  all: Estimate;
  lowest: Estimate;
  highest: Estimate;
}

export interface Policy {
  word: string;
  name: string;
  gains: Gains;
  mastered: number;
  success: number;
  minutes: number;
  video_minutes: number;
  videos: number;
  most_exposed: number;
  coverage: number;
  rmse: number;
  rate_correlation: number;
  gifts_highest: number;
  talent_growth: number;
  curve: number[];
  ours_minus?: { gains: Gains; relative: number };
}

export interface World {
  word: string;
  name: string;
  description: string;
  policies: Policy[];
}

export interface Study {
  pupils: number;
  seeds: number;
  first_seed: number;
  minutes: number;
  cpu_seconds: number;
  ours: string;
  worlds: World[];
}

export interface Topic {
  id: string;
  title: string;
  enrichment: boolean;
  cut: number;
  reached: number;
  mastered: number;
  answers: number;
  success: number;
  minutes: number;
  video_minutes: number;
  nothing_easier: number;
  nothing_harder: number;
  off_target: number;
  items: number[];
  too_hard: number[];
  too_easy: number[];
  videos: number;
}

export interface Item {
  id: string;
  topic: string;
  difficulty: number;
  pupils: number;
  share: number;
  of_topic: number;
  each: number;
}

export interface Cohort {
  name: string;
  edge: boolean;
  mean: number;
  pupils: number;
  answers: number;
  success: number;
  minutes: number;
  video_share: number;
  left_empty: number;
  at_end: number;
  weeks_to_end?: number;
  different: number;
  most_given: number;
  gifts: number;
  riddles: number;
  enrichment: number;
  mastered: number[];
}

export interface Bank {
  title: string;
  folder: string;
  weeks: number;
  sessions_a_week: number;
  seed: number;
  session_minutes: number;
  lowest_difficulty: number;
  difficulty_step: number;
  proposals: { urgent: boolean; topic: string; text: string }[];
  cohorts: Cohort[];
  topics: Topic[];
  most_used: Item[];
  never_used: Item[];
}

export interface Report {
  program: string;
  written: string;
  engine: number;
  study?: Study;
  bank?: Bank;
}

export function reportOf(text: string): Report | null {
  return text.trim() === "" ? null : (JSON.parse(text) as Report);
}

export const ours = (study: Study, world: World) => world.policies.find((policy) => policy.word === study.ours);

export const percent = (share: number, digits = 0) => `${(100 * share).toFixed(digits)} %`;

export const signed = (value: number, digits = 3) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(digits)}`;

// A difference is settled when its interval leaves out zero.
export type Verdict = "better" | "worse" | "open";
export function verdict(difference: Estimate): Verdict {
  if (difference.mean - difference.half > 0) return "better";
  return difference.mean + difference.half < 0 ? "worse" : "open";
}
