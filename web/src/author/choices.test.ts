import { beforeAll, expect, test, vi } from "vitest";
import type { ChoicesShown, VideoEffect } from "../protocol";
import { MemoryStorage } from "../test_support";

type Choices = typeof import("./choices");
type Effects = typeof import("./video_effects");
let choices: Choices;
let effects: Effects;

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, " ");

// The page's modules look for a browser when they are loaded.
beforeAll(async () => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("navigator", { languages: ["nl"] });
  vi.stubGlobal("document", { documentElement: {} });
  choices = await import("./choices");
  effects = await import("./video_effects");
}, 60_000);

const shown: ChoicesShown = {
  type: "choices-shown",
  request: "",
  kind: "item",
  id: "taart",
  told: true,
  fewest: 5,
  times: 40,
  share: 0.0213,
  reasons: [],
  others: 0,
  withheld: 0,
};

const effect = (after: number, low: number, high: number, known = true): VideoEffect => ({
  known,
  before: 0.6,
  after,
  low,
  high,
  logits: 0.26,
  sd: 0.04,
});

test("choices: a chance is one in so many, in two digits", () => {
  expect([0.0041, 0.75, 1, 0.0000803].map(choices.one_in)).toEqual(["1 op 240", "1 op 1,3", "1 op 1", "1 op 12.000"]);
});

test("choices: how often, for what, how likely it came right and how likely it was", () => {
  expect(plain(choices.times_text(shown))).toContain("40 keer gegeven: 2,1% van alle opgaven");
  const reason = { code: "frontier", times: 31, predicted: 0.743, probability: 0.0041, least: 0.0002 };
  const line = plain(choices.reason_line("item", reason));
  expect(line).toBe("31 keer, verwacht 74% goed; kans op juist deze keuze meestal 1 op 240, het kleinst 1 op 5.000");
  const alike = { ...reason, probability: 0.0041, least: 0.00412 };
  expect(choices.reason_line("item", alike)).toMatch(/kans op juist deze keuze 1 op 240$/);
  const fixed = { ...reason, code: "lesson-video", probability: 1, least: 1 };
  expect(choices.reason_line("video", fixed)).toMatch(/daar viel niets te loten$/);
  expect(choices.few_text({ ...shown, told: false })).toContain("minstens 5 leerlingen");
});

test("choices: every reason of the policy has a name of its own", () => {
  const codes =
    "placement frontier review higher-level seeding lesson-video readiness-check video-for-new video-for-stuck " +
    "video-pays easy-after-video enrichment";
  const names = codes.split(" ").map(choices.why_name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).not.toContain(choices.why_name("no-such-reason"));
});

test("video effect: in chances of a right answer, or not known yet", () => {
  expect(plain(effects.effect_text(effect(0.658, 0.64, 0.68)))).toBe("van 60% naar 66% goed (tussen 64% en 68%)");
  expect(plain(effects.effect_brief(effect(0.658, 0.64, 0.68)))).toBe("60% → 66% (64%–68%)");
  expect(effects.effect_text(effect(0.658, 0.5, 0.8, false))).toBe("nog niet bekend");
});

test("video effect: it differs from all videos together only when these lie outside its interval", () => {
  const all = effect(0.66, 0.64, 0.68);
  expect(effects.compared(effect(0.75, 0.7, 0.8), all)).toContain("meer dan");
  expect(effects.compared(effect(0.61, 0.59, 0.63), all)).toContain("minder dan");
  expect(effects.compared(effect(0.67, 0.62, 0.71), all)).toContain("ongeveer zoveel");
  expect(plain(effects.compared(effect(0.6, 0.4, 0.8, false), all))).toMatch(/^Alle filmpjes samen: van 60%/);
});
