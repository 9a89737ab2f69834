// A school in which every text is hostile: names, exercises, answers, questions. Pupil, teacher and author look at all
// of it in a real browser; nothing runs, nothing is asked of anybody else, and the log tells nothing about anybody.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { as_author_writes, CUES, payloads, TOPICS, write_hostile_bank } from "./support/hostile_bank.mjs";
import { program } from "./support/places.mjs";
import { free_port, School } from "./support/program.mjs";
import { fill_in, go_on, step_kind, submit, to_an_exercise } from "./support/pupil_desk.mjs";
import { Shown } from "./support/shown.mjs";
import { Visitor } from "./support/visitor.mjs";
import { word } from "./support/words.mjs";

const CODE = "GEVAAR";
const MOST_ANSWERS = 20;
const CUE_SEEN_MS = 60;
// Where each field of an author stands on a page.
const EXERCISE = { body: ".question", choices: ".exercise .answer" };
const FIGURE = { described: "[role=img]@aria-label", rows: ".figure th, .figure caption" };
const HELP = { hints: ".hint", feedback: ".feedback" };
const PRACTICE = Object.keys({ ...EXERCISE, ...HELP });
const QUESTION_LENGTH = 450;
const MOST_TEXTS_WAIT = 40; // questions within the burst a connection may have
const short = payloads.filter((text) => Buffer.byteLength(text) < 90 && !text.startsWith("-"));
const names = short.filter((_, index) => index % Math.ceil(short.length / 8) === 0);
// Seeded secrets that the log must not know.
const canary = { pin: "pin-kanarie-71", password: "kanarie-wachtwoord-93", wrong: "kanarie-verkeerd-52", words: "kanariewoorden-38" };

let school;
let pupil, teacher, author;
const people = [];

const account = (...words) => execFileSync(program, ["account", ...words, "--data", school.data]);

async function arrive(world, door, name, secret) {
  const visitor = await Visitor.arrive(world.browser, school, { path: door });
  people.push(visitor);
  const { page } = visitor;
  const code = page.locator('input[name="class_code"]');
  if (door === "/pupil/") await code.fill(CODE);
  await page.locator('input[name="name"]').fill(name);
  for (const typed of [canary.wrong, secret]) {
    await page.locator('input[name="secret"]').fill(typed);
    await page.getByRole("button", { name: word("sign_in"), exact: true }).click();
    if (typed === canary.wrong) await page.locator('[role="alert"]').first().waitFor();
  }
  return visitor;
}

function nobody_complains() {
  for (const visitor of people) visitor.has_no_complaints();
}

// Over the page's own line of a second socket: what a script of a pupil could say.
const say = (visitor, door, messages) =>
  visitor.page.evaluate(
    async ([url, texts]) => {
      const socket = new WebSocket(url);
      await new Promise((open) => (socket.onopen = open));
      const replies = [];
      const all = new Promise((done) => {
        socket.onmessage = ({ data }) => {
          const reply = JSON.parse(data);
          if (reply.request) replies.push(reply);
          if (replies.length === texts.length) done();
        };
      });
      for (const text of texts) socket.send(text);
      await all;
      socket.close();
      return replies;
    },
    [`${school.url.replace("http", "ws")}${door}ws`, messages.map((message) => JSON.stringify(message))],
  );

// As many payloads as fit, one question after the other.
function questions() {
  const all = [canary.words];
  for (const text of payloads)
    if (all.at(-1).length + text.length < QUESTION_LENGTH) all[all.length - 1] += ` ${text}`;
    else all.push(text);
  assert.ok(all.length <= MOST_TEXTS_WAIT);
  return all;
}

export const steps = {
  "a school opens in which every text is hostile": async ({ folder }) => {
    assert.ok(payloads.length >= 150);
    const content = path.join(folder, "hostile-bank");
    write_hostile_bank(content);
    school = new School(path.join(folder, "hostile"), await free_port(), "--content", content);
    account("add-school", names[0]);
    account("add-class", names[1], "--year", "groep7", "--code", CODE);
    for (const name of names) account("add-pupil", name, "--class", CODE, "--pin", canary.pin);
    account("add-teacher", names[2], "--class", CODE, "--password", canary.password);
    account("add-author", names[3], "--password", canary.password);
    account("add-administrator", names[4], "--password", canary.password);
    await school.open();
  },

  "a pupil reads, answers and asks": async (world) => {
    pupil = await arrive(world, "/pupil/", names[0], canary.pin);
    const { page } = pupil;
    const shown = new Shown(as_author_writes);
    const hint = page.getByRole("button", { name: new RegExp(`${word("take_hint")}|${word("another_hint")}`) });
    const to_type = [canary.words, short[7]];
    for (let answered = 0; answered < MOST_ANSWERS; ++answered) {
      if ((await step_kind(page)) === "nothing") break;
      if (to_type.length === 0 && shown.has_enough(...PRACTICE)) break;
      await to_an_exercise(page);
      for (const wanted of [1, 2]) {
        if ((await hint.count()) > 0) await hint.click();
        await page.locator(".hint").nth(wanted - 1).waitFor();
      }
      await shown.look(page, { ...EXERCISE, ...FIGURE });
      const takes_words = (await page.locator(".exercise input[inputmode=text]").count()) > 0;
      await fill_in(page, (takes_words && to_type.shift()) || "7");
      await submit(pupil);
      await shown.look(page, HELP);
      await go_on(page);
    }
    await page.getByRole("link", { name: word("where_i_stand") }).click();
    await page.locator("li.topic").nth(TOPICS - 1).waitFor();
    await shown.look(page, { titles: "li.topic h3", goals: ".goal", domains: "h2" });
    await page.getByRole("button", { name: word("watch_video") }).first().click();
    await page.locator("video").waitFor();
    await page.locator("video").evaluate((video) => {
      for (const track of video.textTracks) track.mode = "showing";
    });
    for (let at = 0; at < CUES; ++at) {
      await page.locator("video").evaluate((video, second) => (video.currentTime = second), at + 0.5);
      await page.waitForTimeout(CUE_SEEN_MS);
    }
    await shown.look(page, { chapters: "nav ol button" });
    shown.is_enough(...PRACTICE, "titles", "goals", "domains", "chapters");
    const asked = questions().map((text, index) => ({
      type: "ask-question",
      request: `q${index}`,
      video: "hostile",
      at_s: index,
      text,
    }));
    const replies = await say(pupil, "/pupil/", asked);
    assert.deepEqual([...new Set(replies.map(({ type }) => type))], ["noted"]);
    nobody_complains();
  },

  "the teacher sees names, answers and questions as they were typed": async (world) => {
    teacher = await arrive(world, "/teacher/", names[2], canary.password);
    const { page } = teacher;
    await page.locator("tbody tr").first().waitFor();
    const shown = await page.locator("tbody tr th .name").allInnerTexts();
    assert.deepEqual(shown.map((name) => name.trim()).sort(), names.map((name) => name.trim()).sort());
    const { pupils } = teacher.received("class-shown").at(-1);
    await page.evaluate((id) => (location.hash = `#pupil/${id}`), pupils.find(({ name }) => name === names[0]).id);
    while (teacher.received("pupil-shown").length === 0) await page.waitForTimeout(20);
    const typed = teacher.received("pupil-shown").at(-1).history.find(({ answer }) => short.includes(answer));
    await page.locator("main li").getByText(typed.answer, { exact: false }).first().waitFor();
    const { shown: own } = teacher.received("class-shown").at(-1);
    const date = "2099-01-01";
    const planned = { type: "plan-lesson", request: "p", class_id: own.id, topic: "topic-0", date };
    const [lesson] = await say(teacher, "/teacher/", [planned]);
    await page.evaluate((id) => (location.hash = `#lesson/${id}`), lesson.lesson.id);
    await page.getByText(canary.words).first().waitFor();
    const read = new Shown(as_author_writes);
    const go = (hash) => page.evaluate((to) => (location.hash = to), hash);
    for (const hash of ["#groups", "#lessons", "#week"]) {
      await go(hash);
      await page.waitForTimeout(150);
      await read.look(page, {});
    }
    for (let topic = 0; topic < TOPICS; ++topic) {
      await go(`#topic/topic-${topic}`);
      await page.locator(`a[href="#lessons/topic-${topic}"]`).waitFor();
      await read.look(page, { titles: "main h1", goals: "main header p" });
    }
    const everybody = pupils.map(({ id }) => id).join(",");
    await go(`#plan/${everybody}/topic-0`);
    await page.locator(".items li").first().waitFor();
    await read.look(page, { bodies: ".items" });
    await go("#class");
    await page.getByRole("button", { name: word("teacher_filter_all") }).click();
    await page.locator("thead .topics th").nth(TOPICS - 1).waitFor();
    await read.look(page, { columns: "thead .topics", domains: "thead .domains" });
    read.is_enough("titles", "goals", "bodies", "columns", "domains");
    nobody_complains();
  },

  "the author sees exercises as pupils do": async (world) => {
    author = await arrive(world, "/author/", names[3], canary.password);
    const { page } = author;
    await page.locator(".rows li").first().waitFor();
    const read = new Shown(as_author_writes);
    await read.look(page, { "titles of videos": 'a[href^="#video/"]' });
    read.is_enough("titles of videos");
    const items = author.received("content-shown").at(-1).items.map(({ id }) => id);
    for (const id of items) {
      await page.evaluate((item) => (location.hash = `#item/${item}`), id);
      await page.locator(".see .exercise .question").first().waitFor();
      await read.look(page, { ...EXERCISE, ...FIGURE });
      if (read.has_enough(...PRACTICE, ...Object.keys(FIGURE))) break; // the rest hold the same texts
      await fill_in(page);
      await page.getByRole("button", { name: word("check"), exact: true }).click();
      await page.locator(".feedback").waitFor({ timeout: 10_000 });
      await read.look(page, HELP);
    }
    read.is_enough(...PRACTICE, ...Object.keys(FIGURE));
    await page.evaluate(() => (location.hash = "#video/hostile"));
    await page.locator("video").first().waitFor();
    nobody_complains();
  },

  "the administrator sees schools, classes, people and school years as they were typed": async (world) => {
    const { page } = await arrive(world, "/admin/", names[4], canary.password);
    const read = new Shown(as_author_writes);
    await page.locator("main select option").first().waitFor({ state: "attached" });
    await read.look(page, { "school years": "main select option" });
    read.is_enough("school years");
    await page.getByRole("link", { name: names[1] }).click();
    for (const name of names) await page.locator("main").getByText(name.trim(), { exact: true }).first().waitFor();
    await read.look(page, {});
    await page.evaluate(() => (location.hash = "#people"));
    await page.getByText(names[2].trim(), { exact: true }).first().waitFor();
    await read.look(page, {});
    nobody_complains();
  },

  "the pages allow no inline script and ask nobody else": async () => {
    for (const door of ["/", "/pupil/", "/teacher/", "/author/", "/admin/"]) {
      const policy = (await fetch(school.url + door)).headers.get("content-security-policy") ?? "";
      assert.match(policy, /default-src 'self'/);
      assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval|https?:|\*/);
    }
  },

  "the log tells nothing about anybody": async () => {
    const tokens = [];
    for (const { context } of people) for (const { value } of await context.cookies()) tokens.push(value);
    assert.ok(tokens.length >= 4);
    for (const visitor of people) await visitor.leave();
    await school.end();
    for (const secret of [...Object.values(canary), ...tokens, ...names]) {
      const lines = school.log.split("\n").filter((line) => line.includes(secret) && !line.startsWith("  class "));
      assert.deepEqual(lines, [], secret);
    }
  },
};
