// Somebody who disturbs a school of `trede demo --class-of 1000` for a while; what the others feel of it is measured beside it.
//   node disturber.mjs flood|deaf URL SECONDS
// flood: the last pupil says a thousand things a second and comes back as often as it is put out.
// deaf: the first teacher watches the first class and reads nothing of it.
import { createRequire } from "node:module";

const { WebSocket } = createRequire(new URL("../../web/package.json", import.meta.url))("ws");

const [kind, url, seconds] = [process.argv[2], process.argv[3], Number(process.argv[4])];
const kinds = {
  flood: {
    role: "pupil",
    who: { class_code: "KLAS0034", name: "P1000", secret: "2468" },
    begin: (socket) => {
      const hello = '{"type":"pupil-hello","request":"again","language":"nl","last_number":0}';
      const timer = setInterval(() => {
        for (let i = 0; i < 10 && socket.readyState === WebSocket.OPEN; ++i) socket.send(hello);
      }, 10);
      socket.once("close", () => clearInterval(timer));
    },
  },
  deaf: {
    role: "teacher",
    who: { class_code: "", name: "T1", secret: "trede-demo" },
    begin: (socket) => {
      socket.send('{"type":"watch-class","request":"class","language":"nl","class_id":0}');
      setTimeout(() => socket.pause(), 200);
    },
  },
};
const { role, who, begin } = kinds[kind];
const end = Date.now() + 1000 * seconds;
const closed = {};
let refused = 0;

async function cookie() {
  const headers = { "X-Trede": "1", "Content-Type": "application/json" };
  const body = JSON.stringify({ role, ...who });
  const reply = await fetch(`${url}/${role}/api/sign-in`, { method: "POST", headers, body });
  if (!reply.ok) throw new Error(`not let in: ${reply.status} ${await reply.text()}`);
  return reply.headers.get("set-cookie").split(";")[0];
}

function disturb(headers) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/${role}/ws`, { headers, origin: url });
  let is_in = false;
  socket.once("open", () => {
    is_in = true;
    begin(socket);
  });
  socket.once("close", (code) => {
    if (is_in) closed[code] = (closed[code] ?? 0) + 1;
    else refused += 1;
    setTimeout(() => Date.now() < end && disturb(headers), 100);
  });
  socket.on("error", () => {}); // a close follows
}

disturb({ cookie: await cookie() });
setTimeout(() => {
  const put_out = Object.entries(closed).map(([code, times]) => `closed with ${code} ${times} times`);
  console.log([...put_out, `let in no more ${refused} times`].join(", "));
  process.exit(0);
}, end - Date.now());
