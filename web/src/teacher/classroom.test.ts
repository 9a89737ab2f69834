import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { ClientMessage } from "../socket";
import { MemoryStorage, ScriptedServer } from "../test_support";
import { alert, cell, lesson_pupil, pupil, topic } from "./test_rows";

type Module = typeof import("./classroom.svelte");

let module: Module;
let server: ScriptedServer;
let classroom: InstanceType<Module["Classroom"]>;
let class_of_teacher = 7; // 0 = none

const lesson = { id: 5, topic: "schaal", date: "2026-03-09", cancelled: false };
const rows = () => [pupil(1, { name: "Noor", cells: [cell()] }), pupil(2, { name: "Sem", cells: [cell()] })];

function class_shown(id: number) {
  const shown = { id, name: "7b", code: "TREDE7", demo: false };
  const lists = { classes: [shown], topics: [topic("schaal")], pupils: rows(), lessons: [] };
  const alerts = [alert(1), alert(2), alert(2, { kind: "disengaged", topic: "" })];
  return { type: "class-shown", sequence: 1, teacher: "juf", shown, ...lists, alerts, gaps: [], groups: [] };
}

function answer(message: ClientMessage) {
  const refused = { type: "refused", code: "not-found", detail: "" };
  if (message.type === "watch-class") {
    const wanted = message.class_id === 0 ? class_of_teacher : message.class_id;
    return wanted !== 0 && wanted === class_of_teacher ? class_shown(wanted) : refused;
  }
  if (message.type === "open-pupil") {
    return message.pupil > 2 ? refused : { type: "pupil-shown", pupil: rows()[message.pupil - 1], history: [] };
  }
  if (message.type === "acknowledge-alert") {
    return message.pupil === 2 ? { type: "noted" } : refused;
  }
  if (message.type === "watch-lesson") {
    return { type: "lesson-shown", lesson, topic_title: "Schaal", pupils: [lesson_pupil(1)], questions: [] };
  }
  if (message.type === "plan-lesson") {
    return message.date < "2026" ? { ...refused, code: "invalid" } : { type: "lesson-planned", lesson };
  }
  return { type: "lesson-planned", lesson: { ...lesson, cancelled: true } };
}

async function sit_down() {
  classroom = new module.Classroom({ url: server.url, retry_ms: 10, retry_most_ms: 40 }, 10);
  await vi.waitFor(() => expect(classroom.connection_state).toBe("open"));
}

// The page's modules look for a browser when they are loaded.
beforeAll(async () => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("navigator", { languages: ["nl"] });
  vi.stubGlobal("document", { documentElement: {} });
  module = await import("./classroom.svelte");
}, 60_000);

beforeEach(async () => {
  class_of_teacher = 7;
  server = await ScriptedServer.start(answer);
});

afterEach(async () => {
  classroom.close();
  await server.stop();
});

test("a pushed change replaces its rows and lights up the cells that changed", async () => {
  await sit_down();
  const changed = pupil(2, { name: "Sem", answers_today: 1, cells: [cell({ answers: 6 })] });
  server.push({ type: "class-changed", class_id: 7, sequence: 2, pupils: [changed], lessons: [lesson] });
  await vi.waitFor(() => expect(classroom.pupils[1].answers_today).toBe(1));
  expect(classroom.flashes).toEqual({ 2: [1] });
  expect(classroom.lessons).toEqual([lesson]);
  expect(classroom.pupils[0].name).toBe("Noor");
});

test("a change of another class is not ours", async () => {
  await sit_down();
  server.push({ type: "class-changed", class_id: 8, sequence: 2, pupils: [pupil(9)], lessons: [] });
  server.push({ type: "class-changed", class_id: 7, sequence: 3, pupils: [pupil(3)], lessons: [] });
  await vi.waitFor(() => expect(classroom.pupils).toHaveLength(3));
  expect(classroom.pupils.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test("after a lost line the pupil and the lesson that are open are asked for again", async () => {
  await sit_down();
  classroom.open_pupil(1);
  classroom.open_lesson(5);
  await vi.waitFor(() => expect(classroom.lesson?.topic_title).toBe("Schaal"));
  await vi.waitFor(() => expect(classroom.pupil?.pupil.name).toBe("Noor"));
  server.hang_up();
  await vi.waitFor(() => expect(server.heard_of("watch-lesson")).toHaveLength(2));
  await vi.waitFor(() => expect(classroom.connection_state).toBe("open"));
  expect(server.heard_of("open-pupil")).toHaveLength(2);
});

test("the history of the pupil who is open is read again when he goes on", async () => {
  await sit_down();
  classroom.open_pupil(1);
  await vi.waitFor(() => expect(classroom.pupil).not.toBeNull());
  server.push({ type: "class-changed", class_id: 7, sequence: 2, pupils: [rows()[0]], lessons: [] });
  await vi.waitFor(() => expect(server.heard_of("open-pupil")).toHaveLength(2));
});

test("a pushed lesson is shown when it is the open one", async () => {
  await sit_down();
  classroom.open_lesson(5);
  await vi.waitFor(() => expect(classroom.lesson?.pupils[0].watched).toBe(0));
  const pushed = { type: "lesson-shown", request: "", lesson, topic_title: "Schaal", questions: [] };
  server.push({ ...pushed, lesson: { ...lesson, id: 6 }, pupils: [] });
  server.push({ ...pushed, pupils: [lesson_pupil(1, { watched: 0.5 })] });
  await vi.waitFor(() => expect(classroom.lesson?.pupils[0]?.watched).toBe(0.5));
});

test("a planned lesson is in the list at once, a refused one tells its code", async () => {
  await sit_down();
  expect(await classroom.plan_lesson("schaal", "2026-03-09")).toEqual(lesson);
  expect(classroom.lessons).toEqual([lesson]);
  expect(await classroom.plan_lesson("schaal", "2001-01-01")).toBe("invalid");
  await classroom.cancel_lesson(5);
  expect(classroom.lessons[0].cancelled).toBe(true);
});

test("an alert that was seen goes at once, and only that one", async () => {
  await sit_down();
  expect(await classroom.acknowledge([classroom.alerts[1]], true)).toBe("");
  expect(classroom.alerts.map(({ pupil, kind }) => `${pupil} ${kind}`)).toEqual(["1 stuck", "2 disengaged"]);
  expect(await classroom.acknowledge([classroom.alerts[0]], false)).toBe("not-found");
  expect(classroom.alerts).toHaveLength(2);
});

test("alerts are replaced when they come and stay when a change brings none", async () => {
  await sit_down();
  server.push({ type: "class-changed", class_id: 7, sequence: 2, pupils: [pupil(3)], lessons: [] });
  await vi.waitFor(() => expect(classroom.pupils).toHaveLength(3));
  expect(classroom.alerts).toHaveLength(3);
  const alerts = [alert(3)];
  server.push({ type: "class-changed", class_id: 7, sequence: 3, pupils: [], lessons: [], alerts });
  await vi.waitFor(() => expect(classroom.alerts).toEqual(alerts));
});

test("a pupil of another class is said to be missing, and the next one is shown again", async () => {
  await sit_down();
  classroom.open_pupil(3);
  await vi.waitFor(() => expect(classroom.missing).toBe("not-found"));
  classroom.open_pupil(2);
  await vi.waitFor(() => expect(classroom.pupil?.pupil.name).toBe("Sem"));
  expect(classroom.missing).toBe("");
});

test("a class that is gone gives way to the first one", async () => {
  await sit_down();
  class_of_teacher = 9;
  server.hang_up();
  await vi.waitFor(() => expect(classroom.shown?.id).toBe(9));
});

test("a teacher without a class is told so, and the page stops trying", async () => {
  class_of_teacher = 0;
  classroom = new module.Classroom({ url: server.url, retry_ms: 10, retry_most_ms: 40 });
  await vi.waitFor(() => expect(classroom.without_class).toBe(true));
  expect(classroom.connection_state).toBe("closed");
});
