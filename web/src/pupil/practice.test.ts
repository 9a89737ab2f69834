import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
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
    answers_today: number,
    next: number_step(number + 1),
  };
}

// A server that remembers nothing but the running number.
function answer(message: ClientMessage) {
  if (message.type === "pupil-hello") return welcome(message.last_number);
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
