import { expect, test } from "vitest";
import type { ChildRow, Standing } from "../protocol";
import { child_words, last_seen, topic_name } from "./words";

const standing = (topic: string, finished: boolean, wants_refreshing = false): Standing => ({
  topic,
  title: topic,
  goal: "",
  domain: "",
  stage: finished ? "mastered" : "growing",
  mastery: finished ? 0.97 : 0.4,
  finished,
  finished_higher: false,
  closed_early: false,
  wants_refreshing,
  answers: 5,
});

const child = (last_active_ms: number, answers_today: number): ChildRow => ({
  id: 1,
  name: "Noor",
  class_name: "Groep 7",
  last_active_ms,
  answers_today,
  topics: [],
});

test("each topic stands in one list", () => {
  const words = child_words([standing("a", true), standing("b", false), standing("c", true, true)]);
  expect(words.can.map(({ topic }) => topic)).toEqual(["a"]);
  expect(words.grows.map(({ topic }) => topic)).toEqual(["b"]);
  expect(words.refreshes.map(({ topic }) => topic)).toEqual(["c"]);
});

test("a topic finished at a higher level is called so", () => {
  expect(topic_name(standing("Breuken", true))).toBe("Breuken");
  expect(topic_name({ ...standing("Breuken", true), finished_higher: true })).toMatch(/^Breuken \(.*\)$/);
});

test("the last visit is told in days, never as a reproach", () => {
  const now = 100 * 86_400_000;
  expect(last_seen(child(0, 0), now)).toContain("Noor");
  expect(last_seen(child(now - 1000, 3), now)).toContain("3");
  expect(last_seen(child(now - 5 * 86_400_000, 0), now)).toContain("5");
});

test("yesterday is the day before, however few hours ago", () => {
  const morning = new Date(2027, 2, 28, 8, 0).getTime(); // the night before has an hour less where clocks change
  const evening_before = new Date(2027, 2, 27, 20, 0).getTime();
  const day_before_that = new Date(2027, 2, 26, 23, 0).getTime();
  expect(last_seen(child(evening_before, 0), morning)).toMatch(/gisteren|yesterday/);
  expect(last_seen(child(day_before_that, 0), morning)).toContain("2");
});
