import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Steering } from "../protocol";
import type { Ask } from "../socket";
import { MemoryStorage } from "../test_support";
import { NOTHING } from "./steering";

type Module = typeof import("./steerings.svelte");

let module: Module;
let fixed: Map<number, Steering>; // as the server has it
let refuses: number; // who may not be steered
let asked: Ask[];

// What the server says of the exercises that are blocked.
function names_in(all: Map<number, Steering>) {
  const ids = [...all.values()].flatMap(({ blocked_items }) => blocked_items);
  return ids.map((id) => ({ id, topic: "breuken", preview: `Hoeveel is ${id}?` }));
}

const line = {
  class_id: 7,
  ask: async (message: Ask) => {
    asked.push(message);
    if (message.type === "open-steering") {
      const pupils = [...fixed].filter(([pupil]) => pupil !== 0).map(([pupil, steering]) => ({ pupil, steering }));
      const steering = fixed.get(0) ?? NOTHING;
      return { type: "steering-shown", request: "", class_id: 7, pupil: 0, steering, pupils, items: names_in(fixed) };
    }
    if (message.type !== "set-steering" || message.pupil === refuses) return "invalid";
    fixed.set(message.pupil, message.steering);
    return { ...message, type: "steering-shown", request: "", pupils: [], items: names_in(fixed) };
  },
};
const easy = { ...NOTHING, level: "easy" };
const page = () => new module.Steerings(line as unknown as ConstructorParameters<Module["Steerings"]>[0]);

// The page's modules look for a browser when they are loaded.
beforeAll(async () => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("navigator", { languages: ["nl"] });
  vi.stubGlobal("document", { documentElement: {} });
  module = await import("./steerings.svelte");
}, 60_000);

beforeEach(() => {
  fixed = new Map([
    [0, easy],
    [3, { ...NOTHING, paused: true }],
    [4, NOTHING],
  ]);
  refuses = -1;
  asked = [];
});

test("what is fixed is known once it was read, for the class and for who has something of their own", async () => {
  const steerings = page();
  expect(steerings.known).toBe(false);
  expect(await steerings.read()).toBe("");
  expect(steerings.of(0)).toEqual(easy);
  expect(steerings.own).toEqual([3]);
  expect(steerings.of(9)).toEqual(NOTHING);
});

test("a change builds on what somebody else fixed meanwhile, and can be put back", async () => {
  const steerings = page();
  fixed.set(4, easy);
  const { refused, before } = await steerings.change([3, 4], (from) => ({ ...from, must_do: ["schaal"] }));
  expect(refused).toBe("");
  expect(fixed.get(4)).toEqual({ ...easy, must_do: ["schaal"] });
  expect(await steerings.put_back(before)).toBe("");
  expect(fixed.get(4)).toEqual(easy);
  expect(fixed.get(3)?.paused).toBe(true);
});

test("an exercise that is blocked is known by its question, whether it was read or blocked just now", async () => {
  fixed.set(3, { ...NOTHING, blocked_items: ["taart"] });
  const steerings = page();
  await steerings.read();
  expect(steerings.item("taart")?.preview).toBe("Hoeveel is taart?");
  await steerings.change([0], (from) => ({ ...from, blocked_items: ["pizza"] }));
  expect(steerings.item("pizza")?.preview).toBe("Hoeveel is pizza?");
  expect(steerings.item("gone")).toBeUndefined();
});

test("a refusal changes nothing further, and names whom it did change", async () => {
  const steerings = page();
  refuses = 4;
  const { refused, before } = await steerings.change([3, 4, 5], () => easy);
  expect(refused).toBe("invalid");
  expect([...before.keys()]).toEqual([3]);
  expect(asked.filter(({ type }) => type === "set-steering")).toHaveLength(2);
});

test("a week ends on Sunday, and on a Sunday the next one is planned", async () => {
  const { end_of_week } = await import("./dates");
  expect(end_of_week(new Date("2026-11-25T09:00"))).toBe("2026-11-29");
  expect(end_of_week(new Date("2026-11-29T09:00"))).toBe("2026-12-06");
});

test("what was practised meanwhile is counted, and nothing is said without answers", async () => {
  const { counts_of } = await import("./steering_past");
  expect(counts_of({ answers: 0, right: 0, pupils: 0, gain: 0 })).toBe("geen antwoorden");
  const text = counts_of({ answers: 40, right: 30, pupils: 6, gain: 0.8 });
  expect(text).toBe("40 antwoorden van 6 leerlingen, 75% goed; vaardigheid +0,20 per tien antwoorden");
});
