// For tests: a real WebSocket server that answers as told, and a storage that forgets.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { ClientMessage } from "./socket";
import type { Step } from "./protocol";

export class MemoryStorage implements Storage {
  #values = new Map<string, string>();

  get length() {
    return this.#values.size;
  }

  key(index: number) {
    return [...this.#values.keys()][index] ?? null;
  }

  getItem(key: string) {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string) {
    this.#values.set(key, value);
  }

  removeItem(key: string) {
    this.#values.delete(key);
  }

  clear() {
    this.#values.clear();
  }
}

type Answer = (message: ClientMessage) => object | null | "hang-up";

// The first message of that type fares ill; everything else is answered.
export function first_time(type: ClientMessage["type"], ill: null | "hang-up", answer: Answer): Answer {
  let met = false;
  return (message) => {
    if (message.type !== type || met) return answer(message);
    met = true;
    return ill;
  };
}

export class ScriptedServer {
  readonly heard: ClientMessage[] = [];
  answer: Answer;
  #http: Server;
  #sockets = new Set<WebSocket>();

  private constructor(http: Server, answer: Answer) {
    this.#http = http;
    this.answer = answer;
    new WebSocketServer({ server: http }).on("connection", (socket) => this.#serve(socket));
  }

  // null is silence.
  static async start(answer: Answer): Promise<ScriptedServer> {
    const http = createServer();
    await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
    return new ScriptedServer(http, answer);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#http.address() as AddressInfo).port}/ws`;
  }

  heard_of(type: ClientMessage["type"]): ClientMessage[] {
    return this.heard.filter((message) => message.type === type);
  }

  push(message: object) {
    for (const socket of this.#sockets) socket.send(JSON.stringify(message));
  }

  hang_up() {
    for (const socket of this.#sockets) socket.terminate();
  }

  async stop() {
    this.hang_up();
    await new Promise((closed) => this.#http.close(closed));
  }

  #serve(socket: WebSocket) {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("message", (raw) => {
      const message: ClientMessage = JSON.parse(String(raw));
      this.heard.push(message);
      const reply = this.answer(message);
      if (reply === "hang-up") socket.terminate();
      else if (reply !== null) socket.send(JSON.stringify({ request: message.request, ...reply }));
    });
  }
}

export function number_step(number: number): Step {
  return {
    number,
    id: `step-${number}`,
    kind: "exercise",
    topic: "Breuken",
    reason: {
      code: "frontier",
      topic: "Breuken",
      predicted: 0.75,
      target: 0.75,
      mastery: 0.4,
      probability: 0.2,
      candidates: 5,
    },
    exercise: {
      body: [{ kind: "text", value: "1 + 1" }],
      form: { type: "number", options: [], unit: "", before: "", simplest: false },
      hints: 1,
    },
    level: "adaptive",
    level_fixed: false,
    may_put_aside: true,
  };
}
