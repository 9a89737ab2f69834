// The control of the load measurement: the same job as a careful Node programmer would write it, speaking enough of the
// same protocol that `trede load` drives it. Parse, judge, move a belief over 16 topics, choose among 250 candidates, one
// durable row (WAL, synchronous=FULL, one commit for all answers of a turn of the event loop), reply after the commit,
// push to the class's teacher at once and then at most every 100 ms. It leaves out what a product adds: sessions that are
// checked, hashes through the events, feedback, replay. Usage: node node_reference.mjs PORT DATABASE
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";

const { WebSocketServer } = createRequire(new URL("../../web/package.json", import.meta.url))("ws");

const [port, file] = [Number(process.argv[2]), process.argv[3]];
const topics = 16;
const candidates = 250;
const classSize = 30;
const pushEvery = 100; // ms

const items = Array.from({ length: candidates }, (_, id) => ({
  id: `item-${id}`,
  topic: id % topics,
  slope: 0.8 + (id % 7) / 10,
  difficulty: -2 + (4 * id) / candidates,
}));

const database = new DatabaseSync(file);
database.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=4000;
  CREATE TABLE IF NOT EXISTS events (sequence INTEGER PRIMARY KEY, pupil TEXT, number INTEGER, at_ms INTEGER, data TEXT);
  CREATE INDEX IF NOT EXISTS events_of_pupil ON events (pupil, number);`);
const begin = database.prepare("BEGIN IMMEDIATE");
const commit = database.prepare("COMMIT");
const insert = database.prepare("INSERT INTO events (pupil, number, at_ms, data) VALUES (?, ?, ?, ?)");

// ---- the job ----

const pupils = new Map();

function pupilNamed(name) {
  let pupil = pupils.get(name);
  if (pupil) return pupil;
  const covariance = new Float64Array(topics * topics);
  for (let i = 0; i < topics; ++i) for (let j = 0; j < topics; ++j) covariance[i * topics + j] = i === j ? 1 : 0.5;
  const classNumber = Math.floor((Number(name.slice(1)) - 1) / classSize);
  pupil = { name, classNumber, number: 0, answersToday: 0, rightToday: 0, seen: [], covariance, step: undefined };
  pupil.mean = new Float64Array(topics);
  pupil.step = stepOf(pupil, choose(pupil));
  pupils.set(name, pupil);
  return pupil;
}

const probability = (item, ability) => 1 / (1 + Math.exp(-item.slope * (ability - item.difficulty)));

// Assumed-density filtering: one answer moves all topics through the covariance.
function update(pupil, item, right) {
  const { mean, covariance } = pupil;
  const row = item.topic * topics;
  const p = probability(item, mean[item.topic]);
  const information = item.slope * item.slope * p * (1 - p);
  const gain = 1 / (1 + information * covariance[row + item.topic]);
  const surprise = item.slope * ((right ? 1 : 0) - p) * gain;
  const column = covariance.slice(row, row + topics);
  for (let i = 0; i < topics; ++i) {
    mean[i] += surprise * column[i];
    for (let j = 0; j < topics; ++j) covariance[i * topics + j] -= information * gain * column[i] * column[j];
  }
}

// The nearest to 75 %, among those not done lately.
function choose(pupil) {
  let best = items[0];
  let least = Infinity;
  for (const item of items) {
    if (pupil.seen.includes(item.id)) continue;
    const distance = Math.abs(probability(item, pupil.mean[item.topic]) - 0.75);
    if (distance < least) [best, least] = [item, distance];
  }
  return best;
}

function stepOf(pupil, item) {
  pupil.item = item;
  return {
    number: pupil.number + 1,
    id: `1:exercise:${item.id}:${(pupil.number * 2654435761) >>> 0}`,
    kind: "exercise",
    topic: `topic-${item.topic}`,
    reason: {
      code: "practise",
      topic: `topic-${item.topic}`,
      predicted: probability(item, pupil.mean[item.topic]),
      target: 0.75,
      mastery: 0.5,
      probability: 1,
      candidates,
    },
    exercise: {
      body: [{ kind: "text", value: "Hoeveel is drie vierde deel van een zak met zestig knikkers?" }],
      form: { type: "number", options: [], unit: "", before: "", simplest: false },
      hints: 2,
    },
    level: "auto",
    level_fixed: false,
    may_put_aside: true,
  };
}

function judge(pupil, message) {
  const right = Number(String(message.answer?.text).replace(",", ".")) === 45;
  const item = pupil.item;
  update(pupil, item, right);
  pupil.seen.push(item.id);
  if (pupil.seen.length > 20) pupil.seen.shift();
  pupil.number += 1;
  pupil.answersToday += 1;
  pupil.rightToday += right ? 1 : 0;
  pupil.step = stepOf(pupil, choose(pupil));
  return {
    type: "step-judged",
    request: message.request,
    number: pupil.number,
    feedback: { right, message: [], correct_answer: [{ kind: "text", value: "45" }], solution: [] },
    stage_before: "practising",
    stage_after: "practising",
    topic_news: "",
    rapid: false,
    suspect: false,
    placement_ended: false,
    answers_today: pupil.answersToday,
    next: pupil.step,
  };
}

// ---- group commit: all that came in this turn of the loop ----

let waiting = [];

function keep(pupil, message, reply, socket) {
  if (waiting.length === 0) setImmediate(write);
  waiting.push({ pupil, message, reply, socket });
}

function write() {
  const group = waiting;
  waiting = [];
  begin.run();
  for (const { pupil, message, reply } of group)
    insert.run(pupil.name, reply.number, Date.now(), JSON.stringify({ answer: message.answer, next: reply.next.id }));
  commit.run();
  for (const { pupil, reply, socket } of group) {
    socket.send(JSON.stringify(reply));
    changed(pupil);
  }
}

// ---- teachers ----

const classes = new Map(); // number → { watchers, rows, timer }

const classOf = (number) => {
  if (!classes.has(number)) classes.set(number, { watchers: new Set(), rows: new Map(), timer: undefined });
  return classes.get(number);
};

function rowOf(pupil) {
  const cells = Array.from(pupil.mean, (mean, topic) => ({
    stage: "practising",
    mastery: mean,
    spread: Math.sqrt(pupil.covariance[topic * topics + topic]),
  }));
  const { name, answersToday, rightToday } = pupil;
  return { id: Number(name.slice(1)), name, online: true, answers_today: answersToday, right_today: rightToday, cells };
}

function changed(pupil) {
  const room = classOf(pupil.classNumber);
  room.rows.set(pupil.name, pupil);
  if (!room.timer) push(room);
}

function push(room) {
  room.timer = undefined;
  if (room.rows.size === 0) return;
  const frame = JSON.stringify({ type: "class-changed", pupils: Array.from(room.rows.values(), rowOf) });
  room.rows.clear();
  if (room.watchers.size === 0) return;
  for (const socket of room.watchers) socket.send(frame);
  room.timer = setTimeout(() => push(room), pushEvery);
}

// ---- the doors ----

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", () => {
    if (request.url !== "/api/sign-in") return response.writeHead(404).end();
    response.writeHead(200, { "Set-Cookie": `trede=${JSON.parse(body).name}; HttpOnly; Path=/` }).end("{}");
  });
});

const sockets = new WebSocketServer({ server, path: "/ws", perMessageDeflate: false, maxPayload: 8192 });
sockets.on("connection", (socket, request) => {
  const name = /trede=(\w+)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
  socket.on("message", (data) => {
    const message = JSON.parse(data);
    if (message.type === "watch-class") {
      classOf(Number(name.slice(1)) - 1).watchers.add(socket);
      return socket.send(JSON.stringify({ type: "class-shown", request: message.request }));
    }
    const pupil = pupilNamed(name);
    if (message.type === "pupil-hello") {
      const { number, answersToday, step } = pupil;
      const welcome = { type: "pupil-welcome", request: message.request, name, class_name: "", demo: true, number };
      return socket.send(JSON.stringify({ ...welcome, lost: false, answers_today: answersToday, step }));
    }
    if (message.type === "submit-answer") keep(pupil, message, judge(pupil, message), socket);
  });
  socket.on("error", () => socket.terminate());
});

server.listen(port, "127.0.0.1", 4096, () => console.log(`ready on ${port}`));
