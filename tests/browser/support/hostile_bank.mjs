// A bank in which every text of an author is hostile: each would run if a page took it for markup. The texts stand in
// tests/hostile/xss.txt, one a line.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./places.mjs";

export const payloads = readFileSync(path.join(repository, "tests/hostile/xss.txt"), "utf8").split("\n").filter(Boolean);

const PLACES = 9; // texts of an item
const both = (text) => ({ nl: text, en: text });

// @ and $ begin a value or a formula in an author's text, * and _ may mark words.
const as_author_writes = payloads.filter((text) => !/[@$*]/.test(text));

function* in_turn(texts) {
  for (let at = 0; ; ++at) yield texts[at % texts.length];
}

function item(number, texts) {
  const next = () => both(texts.next().value);
  const id = `hostile-${number}`;
  const common = { id, topic: number % 4 ? "first" : "second", step: (number % 5) / 2 - 1, body: next() };
  const rest = { hints: [next(), next()], solution: next() };
  const wrong = (mark) => ({ text: both(`${mark} ${texts.next().value}`), feedback: next() });
  const options = [{ text: both(`a ${texts.next().value}`), correct: true }, wrong("b"), wrong("c")];
  if (number % 2) return { ...common, answer: { type: "single", options }, ...rest };
  return { ...common, answer: { type: "text", accept: { nl: ["goed"], en: ["right"] } }, ...rest };
}

const topic = (id, title, prerequisites) => ({
  id,
  title: both(title),
  goal: both(`Ik kan ${title}`),
  domain: "d",
  school_year: "groep7",
  reference: "1F",
  level: 0,
  prerequisites,
});

// Writes the bank into the folder.
export function write_hostile_bank(folder) {
  const texts = in_turn(as_author_writes);
  const write = (file, value) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), JSON.stringify(value));
  };
  const [a, b, c, d, e] = as_author_writes;
  write("bank.json", {
    format: 1,
    id: "hostile",
    title: both(a),
    licence: "CC-BY-4.0",
    school_years: [{ id: "groep7", title: both(b), mean: 0 }],
    domains: [{ id: "d", title: both(c) }],
    references: [{ id: "1F", title: both(d) }],
  });
  write("topics.json", [topic("first", a, []), topic("second", e, ["first"])]);
  write("formulas.json", {});
  const items = Math.ceil(as_author_writes.length / PLACES) + 6;
  for (let number = 1; number <= items; ++number) {
    const made = item(number, texts);
    write(`items/${made.topic}/${made.id}.json`, made);
  }
  const video = path.join(repository, "tests/content/bank/videos/halves-cake");
  cpSync(video, path.join(folder, "videos/hostile"), { recursive: true });
  const described = JSON.parse(readFileSync(path.join(video, "video.json"), "utf8"));
  const chapters = described.chapters.map((chapter) => ({ ...chapter, title: both(texts.next().value) }));
  write("videos/hostile/video.json", { ...described, id: "hostile", topic: "first", title: both(b), chapters });
}
