// A bank in which every text of an author is hostile: each would run if a page took it for markup. The texts stand in
// tests/hostile/xss.txt, one a line; a text of the bank holds as many of them as fit, a paragraph each, so that few
// pages show them all.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./places.mjs";

export const payloads = readFileSync(path.join(repository, "tests/hostile/xss.txt"), "utf8").split("\n").filter(Boolean);

// A bank holds no control characters; @ and $ begin a value or a formula in an author's text, * may mark words.
const as_bank_holds = payloads.filter((text) => !/[\t]/.test(text));
export const as_author_writes = as_bank_holds.filter((text) => !/[@$*]/.test(text));

const TEXT_BYTES = 3800; // a text may have 4,000
export const TOPICS = 5;
const OPTIONS = 12; // as many as an exercise may have
const CHAPTERS = 12;
export const CUES = 20; // of captions, a second each
const both = (text) => ({ nl: text, en: text });

// The payloads dealt over so many texts.
export function dealt(texts, count) {
  const hands = Array.from({ length: count }, () => []);
  texts.forEach((text, index) => hands[index % count].push(text));
  return hands.map((hand) => hand.join("\n\n"));
}

const bytes = as_author_writes.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
const PARTS = Math.ceil(bytes / TEXT_BYTES);
const parts = dealt(as_author_writes, PARTS);
const part = (number) => both(parts[number % PARTS]);

const every_part_from = (number) => parts.map((_, index) => part(number + index));
const table = (number) => {
  const row = (label, cells) => ({ label, cells });
  return { type: "table", alt: part(number), rows: [row(part(number), ["1", "2"]), row(part(number + 1), ["2", "4"])] };
};
const figures = [(number) => ({ type: "circle", parts: 4, shaded: 1, alt: part(number) }), table];

const KINDS = [
  (turn) => ({
    answer: { type: "number", value: "12345", before: part(turn), unit: part(turn + 1) },
    mistakes: [{ value: "7", feedback: part(turn) }],
  }),
  (turn) => ({
    answer: { type: "text", accept: both(["goed"]) },
    mistakes: [{ accept: both(["7"]), feedback: part(turn) }],
  }),
  (turn) => ({
    answer: { type: "ordering", entries: dealt(as_author_writes, OPTIONS).map((text) => ({ text: both(text) })) },
    mistakes: [{ order: "reversed", feedback: part(turn) }],
  }),
  (turn) => {
    const wrong = (text, at) => ({ text, feedback: part(turn + at) });
    const [right, ...others] = dealt(as_author_writes, OPTIONS).map(both);
    return { answer: { type: "single", options: [{ text: right, correct: true }, ...others.map(wrong)] } };
  },
];

const TYPED = 1; // of KINDS
const FIRST = KINDS.length * PARTS; // items of the first topic: every kind of answer with every part of the payloads

function item(number) {
  const turn = number + Math.floor(number / KINDS.length);
  return {
    id: `hostile-${number}`,
    topic: `topic-${Math.max(0, number - FIRST + 1)}`,
    step: (number % 5) / 2 - 1,
    body: part(turn),
    figure: figures[Math.floor(turn / PARTS) % figures.length](turn),
    ...KINDS[number < FIRST ? number % KINDS.length : TYPED](turn),
    hints: every_part_from(turn),
    solution: part(turn),
  };
}

function topics() {
  const titles = dealt(as_bank_holds, TOPICS);
  return titles.map((title, number) => ({
    id: `topic-${number}`,
    title: both(title),
    goal: both(titles[(number + 1) % TOPICS]),
    domain: `domain-${number}`,
    school_year: "groep7",
    reference: "1F",
    level: 0,
    prerequisites: number === 0 ? [] : ["topic-0"],
  }));
}

function captions() {
  const cue = (text, at) => `00:${String(at).padStart(2, "0")}.000 --> 00:${String(at + 1).padStart(2, "0")}.000\n${text}`;
  return ["WEBVTT", ...dealt(payloads, CUES).map((text, at) => cue(text.replaceAll("\n\n", "\n"), at))].join("\n\n");
}

// Writes the bank into the folder.
export function write_hostile_bank(folder) {
  const write = (file, text) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), typeof text === "string" ? text : JSON.stringify(text));
  };
  const domains = dealt(as_bank_holds, TOPICS).map((title, number) => ({ id: `domain-${number}`, title: both(title) }));
  write("bank.json", {
    format: 1,
    id: "hostile",
    title: part(0),
    licence: "CC-BY-4.0",
    school_years: parts.map((_, number) => ({ id: `groep${7 + number}`, title: part(number), mean: 0 })),
    domains,
    references: [{ id: "1F", title: part(1) }],
  });
  write("topics.json", topics());
  write("formulas.json", {});
  for (let number = 0; number < FIRST + TOPICS - 1; ++number) {
    const made = item(number);
    write(`items/${made.topic}/${made.id}.json`, made);
  }
  for (let number = 0; number < PARTS; ++number) write_video(folder, write, number);
}

// Of the first topic; all together their titles hold every part, and so does each by its chapters and captions.
function write_video(folder, write, number) {
  const id = number === 0 ? "hostile" : `later-${number}`; // a lesson shows the first
  const video = path.join(repository, "tests/content/bank/videos/halves-cake");
  cpSync(video, path.join(folder, "videos", id), { recursive: true });
  const described = JSON.parse(readFileSync(path.join(video, "video.json"), "utf8"));
  const chapters = dealt(as_bank_holds, CHAPTERS).map((title, at_s) => ({ at_s: 2 * at_s, title: both(title) }));
  write(`videos/${id}/video.json`, { ...described, id, topic: "topic-0", title: part(number), chapters });
  for (const language of ["nl", "en"]) write(`videos/${id}/captions.${language}.vtt`, captions());
}
