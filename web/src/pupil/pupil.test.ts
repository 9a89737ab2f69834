import { expect, test } from "vitest";
import { MemoryStorage } from "../test_support";
import { last_pupil, pupil_key, remember_pupil } from "../ui/remembered_pupil";
import { ladder_of } from "./ladder";
import { stage_height, standing_text, topic_news_text, went_up } from "./stages";
import { by_domain } from "./standings";
import { Stopwatch } from "./stopwatch";

test("ladder: ten rungs, and the eleventh answer begins a new one", () => {
  expect([0, 1, 10, 11, 20].map(ladder_of)).toEqual([
    { full: 0, rungs: 0 },
    { full: 0, rungs: 1 },
    { full: 0, rungs: 10 },
    { full: 1, rungs: 1 },
    { full: 1, rungs: 10 },
  ]);
});

test("stages: only a step up is worth a word, and having begun is not one", () => {
  expect(went_up("started", "growing")).toBe(true);
  expect(went_up("new", "started")).toBe(false);
  expect(went_up("almost", "growing")).toBe(false);
  expect(stage_height("something else")).toBe(0);
});

test("news: each word from the server has a sentence with the topic in it, another word none", () => {
  const news = ["finished", "finished-higher", "closed-early", "reopened"];
  const told = news.map((each) => topic_news_text(each, "Breuken"));
  expect(new Set(told).size).toBe(4);
  for (const text of told) expect(text).toContain("Breuken");
  expect(topic_news_text("", "Breuken")).toBe("");
});

test("standings: a higher level is told apart, also when it wants refreshing", () => {
  const finished = { stage: "mastered", finished: true, finished_higher: false, closed_early: false };
  const texts = [false, true].flatMap((wants_refreshing) =>
    [false, true].map((finished_higher) => standing_text({ ...finished, finished_higher, wants_refreshing })),
  );
  expect(new Set(texts).size).toBe(4);
});

test("standings: grouped by domain in the order met", () => {
  const standing = (topic: string, domain: string) => ({
    topic,
    title: "",
    goal: "",
    domain,
    stage: "new",
    finished: false,
    finished_higher: false,
    closed_early: false,
    wants_refreshing: false,
    mastery: 0,
    answers: 0,
  });
  const groups = by_domain([standing("a", "x"), standing("b", "y"), standing("c", "x")]);
  expect(groups.map(({ domain, standings }) => [domain, standings.map(({ topic }) => topic)])).toEqual([
    ["x", ["a", "c"]],
    ["y", ["b"]],
  ]);
});

test("stopwatch: stands still while the page is hidden", () => {
  let now = 0;
  const stopwatch = new Stopwatch(() => now);
  stopwatch.restart();
  now = 1000;
  stopwatch.show(false);
  now = 60_000;
  stopwatch.show(true);
  now = 60_500;
  expect(stopwatch.elapsed_ms).toBe(1500);
});

test("remembered pupil: one pupil whatever the capitals", () => {
  const storage = new MemoryStorage();
  remember_pupil({ class_code: "ABC", name: "Noor" }, storage);
  expect(pupil_key(last_pupil(storage))).toBe(pupil_key({ class_code: "abc", name: "noor " }));
});
