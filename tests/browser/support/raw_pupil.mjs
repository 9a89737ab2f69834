// A pupil without a screen: signs in over HTTP and speaks the protocol of the page over a WebSocket of its own.
import { borrow } from "./places.mjs";
import { demo } from "./pupil_desk.mjs";

const { WebSocket } = borrow("ws");
const TYPED = { fraction: "1/2", mixed: "1 1/2", text: "weet ik niet", number: "7" };

export class RawPupil {
  #socket;
  #waiting = new Map();
  #requests = 0;
  step;
  answers_today;

  static async sign_in(school, name) {
    const body = JSON.stringify({ role: "pupil", class_code: demo.class_code, name, secret: demo.pin });
    const headers = { "X-Trede": "1", "Content-Type": "application/json" };
    const reply = await fetch(`${school.url}/pupil/api/sign-in`, { method: "POST", headers, body });
    if (!reply.ok) throw new Error(`${name} is not let in: ${reply.status} ${await reply.text()}`);
    const cookie = reply.headers.get("set-cookie").split(";")[0];
    const address = `${school.url.replace("http", "ws")}/pupil/ws`;
    const socket = new WebSocket(address, { headers: { cookie }, origin: school.url });
    const pupil = new RawPupil(name, socket);
    await new Promise((opened, failed) => socket.once("open", opened).once("error", failed));
    const welcome = await pupil.#ask({ type: "pupil-hello", language: "nl", last_number: 0 });
    pupil.step = welcome.step;
    pupil.answers_today = welcome.answers_today;
    return pupil;
  }

  constructor(name, socket) {
    this.name = name;
    this.#socket = socket;
    socket.on("message", (raw) => {
      const message = JSON.parse(String(raw));
      this.#waiting.get(message.request)?.(message);
      this.#waiting.delete(message.request);
    });
    socket.on("close", (code) => {
      for (const settle of this.#waiting.values()) settle({ type: "refused", code: `closed ${code}`, detail: "" });
    });
  }

  // Answers as many exercises; videos on the way are put aside.
  async practise(exercises) {
    for (let answered = 0; answered < exercises; ) {
      const { number, id, kind, exercise, video } = this.step;
      const about = { number, step: id, elapsed_ms: 20_000 }; // no guess at a glance
      const judged =
        kind === "video"
          ? await this.#ask({ type: "finish-video", ...about, watched: video.watched })
          : await this.#ask({ type: "submit-answer", ...about, answer: answer_to(exercise.form) });
      this.step = judged.next;
      this.answers_today = judged.answers_today;
      if (kind !== "video") answered += 1;
    }
  }

  leave() {
    this.#socket.close();
  }

  async #ask(message) {
    const request = `${this.name}-${++this.#requests}`;
    const reply = await new Promise((settle) => {
      this.#waiting.set(request, settle);
      this.#socket.send(JSON.stringify({ request, ...message }));
    });
    const { type, code, detail } = reply;
    if (type === "refused") throw new Error(`${this.name} was refused ${message.type}: ${code} ${detail}`);
    return reply;
  }
}

function answer_to({ type, options }) {
  if (type in TYPED) return { text: TYPED[type] };
  return { chosen: type === "ordering" ? options.map((_, index) => index) : [0] };
}
