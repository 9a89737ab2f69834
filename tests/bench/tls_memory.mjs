// How much memory a connection over TLS takes: pupils of `trede demo --class-of 1000` open WebSockets and say nothing.
//   NODE_TLS_REJECT_UNAUTHORIZED=0 node tls_memory.mjs URL PID_OF_THE_SERVER
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as pause } from "node:timers/promises";

const { WebSocket } = createRequire(new URL("../../web/package.json", import.meta.url))("ws");

const [url, server] = [process.argv[2], process.argv[3]];
const [pupils, lines_each, lines_at_once] = [300, 10, 100];
const resident_kib = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server}/status`, "utf8"))[1]);

async function cookie_of(number) {
  const room = Math.ceil(number / 30);
  const class_code = room === 1 ? "TREDE7" : `KLAS${String(room).padStart(4, "0")}`;
  const headers = { "X-Trede": "1", "Content-Type": "application/json" };
  const body = JSON.stringify({ role: "pupil", class_code, name: `P${number}`, secret: "2468" });
  const reply = await fetch(`${url}/pupil/api/sign-in`, { method: "POST", headers, body });
  if (!reply.ok) throw new Error(`P${number} is not let in: ${reply.status} ${await reply.text()}`);
  return reply.headers.get("set-cookie").split(";")[0];
}

const cookies = [];
for (let number = 1; number <= pupils; ++number) cookies.push(await cookie_of(number));
const before = resident_kib();
let open = 0;
for (let line = 0; line < pupils * lines_each; ++line) {
  const headers = { cookie: cookies[line % pupils] };
  const socket = new WebSocket(`${url.replace("http", "ws")}/pupil/ws`, { headers, origin: url });
  socket.on("open", () => ++open).on("error", () => {});
  if (line % lines_at_once === 0) await pause(100);
}
await pause(20_000); // memory of the handshakes is given back
console.log(`${open} connections over TLS, ${((resident_kib() - before) / open).toFixed(1)} KiB each`);
process.exit(0);
