import { afterEach, expect, test, vi } from "vitest";
import type { ServerMessage } from "./protocol";
import { Connection, RequestRefused, type ConnectionOptions, type ConnectionState } from "./socket";
import { first_time, ScriptedServer } from "./test_support";

const noted = { type: "noted" };
let server: ScriptedServer;
let connection: Connection;

function connect(options: Partial<ConnectionOptions> = {}) {
  connection = new Connection({
    url: server.url,
    greeting: () => ({ type: "list-content", language: "nl" }),
    greeted: () => {},
    retry_ms: 10,
    retry_most_ms: 40,
    ...options,
  });
  return connection;
}

afterEach(async () => {
  connection.close();
  await server.stop();
});

test("socket: greets before anything else", async () => {
  server = await ScriptedServer.start(() => noted);
  await connect().request({ type: "open-standings" });
  expect(server.heard.map(({ type }) => type)).toEqual(["list-content", "open-standings"]);
});

test("socket: an unanswered request is sent again under the same id after the line broke", async () => {
  server = await ScriptedServer.start(first_time("take-hint", "hang-up", () => noted));
  await connect().request({ type: "take-hint", number: 3 });
  const [first, second] = server.heard_of("take-hint");
  expect(second).toEqual(first);
  expect(server.heard_of("list-content")).toHaveLength(2);
});

test("socket: an answered request is not sent again", async () => {
  server = await ScriptedServer.start(() => noted);
  await connect().request({ type: "take-hint", number: 1 });
  server.hang_up();
  await vi.waitFor(() => expect(server.heard_of("list-content")).toHaveLength(2));
  await connection.request({ type: "open-standings" });
  expect(server.heard_of("take-hint")).toHaveLength(1);
});

test("socket: a refusal carries its code", async () => {
  const refusal = { type: "refused", code: "invalid", detail: "no number" };
  server = await ScriptedServer.start(({ type }) => (type === "take-hint" ? refusal : noted));
  const asked = connect().request({ type: "take-hint", number: 1 });
  await expect(asked).rejects.toEqual(new RequestRefused("invalid", "no number"));
});

test("socket: what nobody asked for is pushed to the page", async () => {
  server = await ScriptedServer.start(() => noted);
  const pushed: ServerMessage[] = [];
  connect({ pushed: (message) => pushed.push(message) });
  await connection.request({ type: "open-standings" });
  server.push({ type: "class-changed", class_id: 1, sequence: 9, pupils: [], lessons: [] });
  await vi.waitFor(() => expect(pushed).toHaveLength(1));
  expect(pushed[0].type).toBe("class-changed");
});

test("socket: tells when the line is lost and when it is back", async () => {
  server = await ScriptedServer.start(() => noted);
  const states: ConnectionState[] = [];
  connect({ state_changed: (state) => states.push(state) });
  await connection.request({ type: "open-standings" });
  server.hang_up();
  await vi.waitFor(() => expect(states).toEqual(["open", "lost", "open"]));
});

test("socket: a line that is silent for too long is dropped and the request sent on a new one", async () => {
  server = await ScriptedServer.start(first_time("take-hint", null, () => noted));
  await connect({ patience_ms: 200 }).request({ type: "take-hint", number: 1 });
  expect(server.heard_of("take-hint").length).toBeGreaterThan(1);
});

test("socket: stops trying when the session has ended", async () => {
  server = await ScriptedServer.start(() => "hang-up");
  connect({ signed_in: async () => false });
  await vi.waitFor(() => expect(connection.state).toBe("closed"));
  expect(server.heard).toHaveLength(1);
});

test("socket: a new language greets again on the same line", async () => {
  server = await ScriptedServer.start(() => noted);
  await connect().request({ type: "open-standings" });
  connection.greet_again();
  await vi.waitFor(() => expect(server.heard_of("list-content")).toHaveLength(2));
});
