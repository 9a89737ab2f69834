// Running the shipped program: once to its end, or as the server of a school, to be stopped, killed, started again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { program } from "./places.mjs";

const PATIENCE_MS = 60_000;

// Runs to the end: { code, output }.
export async function run(...args) {
  const { child, output } = start(args);
  const [code] = await once(child, "close");
  return { code, output: output() };
}

export async function free_port() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

export class School {
  #child = null;
  #output = () => "";
  #before = ""; // what earlier starts said

  #more; // words for `trede serve`

  constructor(data, port, ...more) {
    this.data = data;
    this.port = port;
    this.#more = more;
    this.url = `http://localhost:${port}`;
  }

  get log() {
    return this.#before + this.#output();
  }

  get running() {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  // Resolves when the front page answers.
  async open() {
    this.#before = this.log;
    const { child, output } = start(["serve", "--data", this.data, "--port", String(this.port), ...this.#more]);
    this.#child = child;
    this.#output = output;
    const until = Date.now() + PATIENCE_MS;
    while (!(await this.#answers())) {
      if (!this.running) throw new Error(`the server ended by itself:\n${output()}`);
      if (Date.now() > until) throw new Error(`the server does not answer:\n${output()}`);
      await pause(50);
    }
  }

  // SIGTERM is a polite request, SIGKILL a power cut. Resolves with the exit code (null when killed).
  async end(signal = "SIGTERM") {
    if (!this.running) return this.#child?.exitCode ?? null;
    const closed = once(this.#child, "close");
    this.#child.kill(signal);
    return (await closed)[0];
  }

  async #answers() {
    try {
      return (await fetch(`${this.url}/`)).status === 200;
    } catch {
      return false;
    }
  }
}

// A school is open by day only, so where it, its browsers and we stand it is noon when a walk begins; no midnight passes.
const west = new Date().getUTCHours() - 12; // hours behind Greenwich
export const time_zone = `Etc/GMT${west < 0 ? "" : "+"}${west}`;
process.env.TZ = time_zone;

function start(args) {
  const env = { ...process.env, TZ: `NOON${west}` }; // the same, for a machine without the names of zones
  const child = spawn(program, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text) => (said += text));
  return { child, output: () => said };
}
