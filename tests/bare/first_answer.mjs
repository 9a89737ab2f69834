// The first answered exercise, over HTTP and a WebSocket as a page does it: node first_answer.mjs http://localhost:8080
// Signs in as the demo school's guest, watches what comes first, answers one exercise; ends with 0 when it was judged.
import { createRequire } from "node:module";

const WebSocket = createRequire(new URL("../../web/package.json", import.meta.url))("ws");
const url = process.argv[2];
const STEPS = 10; // videos that may come before an exercise

async function sign_in() {
  const guest = { role: "pupil", class_code: "TREDE7", name: "Gast", secret: "2468" };
  const headers = { "Content-Type": "application/json", "X-Trede": "1", Origin: url };
  const response = await fetch(`${url}/api/sign-in`, { method: "POST", headers, body: JSON.stringify(guest) });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return response.headers.get("set-cookie").split(";")[0];
}

// One request at a time: resolves with its reply.
function converse(cookie) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, { headers: { Cookie: cookie, Origin: url } });
  let requests = 0;
  const ask = (message) =>
    new Promise((resolve, reject) => {
      const request = `bare-${(requests += 1)}`;
      const listen = (data) => {
        const reply = JSON.parse(data);
        if (reply.request !== request) return;
        socket.off("message", listen);
        if (reply.type === "refused") reject(new Error(`${message.type}: ${reply.detail}`));
        else resolve(reply);
      };
      socket.on("message", listen);
      socket.send(JSON.stringify({ ...message, request }));
    });
  return new Promise((resolve, reject) => {
    socket.on("open", () => resolve({ ask, close: () => socket.close() }));
    socket.on("error", reject);
  });
}

function answer_to(step) {
  const { type, options } = step.exercise.form;
  if (type === "single") return { chosen: [0] };
  return options.length > 0 ? { chosen: options.map((_, index) => index) } : { text: "1" };
}

async function answer_one(ask) {
  const welcome = await ask({ type: "pupil-hello", language: "nl", last_number: 0 });
  let step = welcome.step;
  for (let i = 0; i < STEPS; i += 1) {
    const { number, id } = step;
    if (step.kind === "exercise") {
      const message = { type: "submit-answer", number, step: id, answer: answer_to(step), elapsed_ms: 5000 };
      return { name: welcome.name, judged: await ask(message) };
    }
    const watched = await ask({ type: "finish-video", number, step: id, watched: 1, elapsed_ms: 5000 });
    step = watched.next;
  }
  throw new Error(`no exercise in ${STEPS} steps`);
}

const { ask, close } = await converse(await sign_in());
const { name, judged } = await answer_one(ask);
close();
if (!judged.feedback) throw new Error(`the answer was not judged: ${JSON.stringify(judged)}`);
const mark = judged.feedback.right ? "right" : "wrong";
console.log(`${name} answered the first exercise: ${mark}; next comes a step of kind ${judged.next.kind}`);
