import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Step } from "../protocol";
import type { ClientMessage } from "../socket";
import { first_time, MemoryStorage, number_step, ScriptedServer } from "../test_support";
import { GivenAnswers } from "./given_answers";

type Module = typeof import("./practice.svelte");

let storage: MemoryStorage;
let server: ScriptedServer;
let module: Module;
let practice: InstanceType<Module["Practice"]>;
let known = 0; // the server's highest running number

function welcome(last_number: number) {
  const lost = last_number > known;
  return {
    type: "pupil-welcome",
    name: "Noor",
    class_name: "7b",
    demo: false,
    number: known,
    lost,
    answers_today: 0,
    step: number_step(known + 1),
  };
}

function judged(number: number) {
  known = number;
  const feedback = { right: true, message: [], correct_answer: [], solution: [] };
  return {
    type: "step-judged",
    number,
    feedback,
    stage_before: "new",
    stage_after: "started",
    topic_news: "",
    rapid: false,
    suspect: false,
    placement_ended: false,
    answers_today: number,
    next: number_step(number + 1),
  };
}

function offered(changes: Partial<Step>, number = known + 1) {
  return { type: "step-offered", step: { ...number_step(number), ...changes } };
}

// A server that remembers nothing but the running number.
function answer(message: ClientMessage) {
  if (message.type === "pupil-hello") return welcome(message.last_number);
  if (message.type === "choose-level") return offered({ id: `${message.level}-${known + 1}`, level: message.level });
  if (message.type === "put-aside") return offered({ id: "another" });
  if (message.type === "skip-placement") return offered({ id: "no-placement" });
  if (message.type !== "submit-answer") return { type: "noted" };
  if (message.answer.text === "?") return { type: "refused", code: "invalid", detail: "" };
  return message.number <= known + 1 ? judged(message.number) : { type: "refused", code: "conflict", detail: "" };
}

async function sit_down() {
  practice = new module.Practice(new GivenAnswers("noor", storage), {
    url: server.url,
    retry_ms: 10,
    retry_most_ms: 40,
  });
  await vi.waitFor(() => expect(practice.connection_state).toBe("open"));
}

// The page's modules look for a browser when they are loaded.
beforeAll(async () => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("document", { documentElement: {}, visibilityState: "visible" });
  module = await import("./practice.svelte");
}, 60_000);

beforeEach(async () => {
  storage = new MemoryStorage();
  known = 0;
  server = await ScriptedServer.start(answer);
});

afterEach(async () => {
  practice.close();
  await server.stop();
});

test("practice: the next step waits behind the feedback", async () => {
  await sit_down();
  await practice.submit({ text: "2" });
  expect(practice.step?.number).toBe(1);
  expect(practice.judged?.feedback.right).toBe(true);
  practice.go_on();
  expect(practice.step?.number).toBe(2);
  expect(practice.judged).toBeNull();
});

test("practice: an answer that cannot be read leaves the exercise as it was", async () => {
  await sit_down();
  await practice.submit({ text: "?" });
  expect(practice.refused).toBe("invalid");
  expect(practice.judged).toBeNull();
  await practice.submit({ text: "2" });
  expect(practice.judged).not.toBeNull();
});

test("practice: an answer given when the line breaks is judged once the line is back", async () => {
  await sit_down();
  server.answer = first_time("submit-answer", "hang-up", answer);
  await practice.submit({ text: "2" });
  expect(practice.judged?.number).toBe(1);
  expect(server.heard_of("submit-answer")).toHaveLength(2);
  expect(new Set(server.heard_of("submit-answer").map(({ request }) => request)).size).toBe(1);
});

test("practice: a server that lost answers is told them again, in order", async () => {
  await sit_down();
  for (const text of ["5", "6", "7"]) {
    await practice.submit({ text });
    practice.go_on();
  }
  known = 1;
  server.hang_up();
  await vi.waitFor(() => expect(known).toBe(3));
  const again = server.heard_of("submit-answer").slice(3);
  expect(again.map((message) => message.type === "submit-answer" && [message.number, message.answer.text])).toEqual([
    [2, "6"],
    [3, "7"],
  ]);
  await vi.waitFor(() => expect(practice.connection_state).toBe("open"));
  expect(practice.step?.number).toBe(4);
});

test("practice: an answer the server never got is sent when the page is opened again", async () => {
  await sit_down();
  server.answer = (message) => (message.type === "submit-answer" ? null : answer(message));
  void practice.submit({ text: "2" });
  await vi.waitFor(() => expect(server.heard_of("submit-answer")).toHaveLength(1));
  practice.close();
  server.answer = answer;
  // What the closing page does to a waiting request must not count as the server's refusal.
  await sit_down();
  expect(known).toBe(1);
  expect(practice.step?.number).toBe(2);
});

test("practice: a server that starts anew does not stop the pupil", async () => {
  await sit_down();
  await practice.submit({ text: "2" });
  known = 0;
  server.answer = (message) =>
    message.type === "submit-answer" ? { type: "refused", code: "not-found", detail: "" } : answer(message);
  server.hang_up();
  await vi.waitFor(() => expect(new GivenAnswers("noor", storage).last_number).toBe(0));
  await vi.waitFor(() => expect(practice.connection_state).toBe("open"));
  expect(practice.judged).toBeNull();
  expect(practice.step?.number).toBe(1);
});

test("practice: feedback stays on the screen through a reconnection", async () => {
  await sit_down();
  await practice.submit({ text: "2" });
  server.hang_up();
  await vi.waitFor(() => expect(server.heard_of("pupil-hello").length).toBeGreaterThan(1));
  await vi.waitFor(() => expect(practice.connection_state).toBe("open"));
  expect(practice.judged?.number).toBe(1);
});

test("practice: a level chosen while feedback is read counts for the exercise behind it", async () => {
  await sit_down();
  await practice.submit({ text: "2" });
  await practice.choose_level("easy");
  expect(practice.judged?.number).toBe(1);
  expect(practice.judged?.next.id).toBe("easy-2");
  practice.go_on();
  expect(practice.step?.level).toBe("easy");
});

test("practice: a pause comes by itself, and its end brings back what waited", async () => {
  await sit_down();
  const waited = practice.step;
  const reason = { ...number_step(1).reason, code: "paused" };
  server.push(offered({ id: "paused", kind: "nothing", reason, exercise: undefined }));
  await vi.waitFor(() => expect(practice.step?.kind).toBe("nothing"));
  server.push({ type: "step-offered", request: "", step: waited });
  await vi.waitFor(() => expect(practice.step?.id).toBe(waited?.id));
});

test("practice: a pause does not take feedback from the screen", async () => {
  await sit_down();
  await practice.submit({ text: "2" });
  server.push(offered({ id: "paused", kind: "nothing", exercise: undefined }));
  await vi.waitFor(() => expect(practice.judged?.next.kind).toBe("nothing"));
  expect(practice.judged?.number).toBe(1);
  practice.go_on();
  expect(practice.step?.kind).toBe("nothing");
});

test("practice: an exercise put aside makes room for another, and the page says so", async () => {
  await sit_down();
  await practice.put_aside("unclear");
  expect(practice.step?.id).toBe("another");
  expect(practice.told).toBe("put-aside");
});

test("practice: the first look is offered once, may be skipped, and ends with a word", async () => {
  await sit_down();
  const placement = { given: 0, least: 8, most: 15, subject: "" };
  server.push(offered({ placement }));
  await vi.waitFor(() => expect(practice.step?.placement?.given).toBe(0));
  expect(practice.placement_begun).toBe(false);
  practice.begin_placement();
  expect(practice.placement_begun).toBe(true);
  server.answer = (message) =>
    message.type === "submit-answer" ? { ...judged(1), placement_ended: true } : answer(message);
  await practice.submit({ text: "2" });
  expect(practice.placement_over).toBe(false);
  practice.go_on();
  expect(practice.placement_over).toBe(true);
  practice.go_on();
  expect(practice.placement_over).toBe(false);
  expect(practice.step?.number).toBe(2);
});
