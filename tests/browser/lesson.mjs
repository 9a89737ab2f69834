// The flip: a teacher plans a lesson, a pupil watches its video and asks a question at 0:20, the teacher sees it live.
import assert from "node:assert/strict";
import { first_sight, moment_of_click, sight_of, tell_delay } from "./support/delays.mjs";
import { fits_the_width, is_accessible } from "./support/house_rules.mjs";
import { pupil, the_teacher } from "./support/people.mjs";
import { answer_one, fill_in, go_on, staying, step_kind, submit } from "./support/pupil_desk.mjs";
import { word } from "./support/words.mjs";

const TOPIC = "breuken-benoemen";
export const QUESTION = "Waarom heet het onderste getal de noemer?";
const MOMENT_S = 20;
const MOST_STEPS = 12; // of another lesson that came first
const CHECKS = 3;

let teacher;
let noor;
let video; // the player's element on the pupil's page
let stays;

const lesson_row = () =>
  teacher.page.locator("tbody tr", { has: teacher.page.getByRole("link", { name: "Noor", exact: true }) });

function tomorrow() {
  const day = new Date(Date.now() + 24 * 60 * 60 * 1000);
  const two = (part) => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function is_the_lesson({ kind, reason, video }) {
  return kind === "video" && reason.code === "lesson-video" && video.id === TOPIC;
}

function step_of(visitor) {
  const { message } = visitor.frames.findLast(
    ({ from, message: { type } }) => from === "server" && (type === "pupil-welcome" || type === "step-judged"),
  );
  return message.step ?? message.next;
}

export const steps = {
  "the teacher plans a lesson": async (world) => {
    teacher = await the_teacher(world);
    const { page } = teacher;
    await page.getByRole("link", { name: word("teacher_nav_lessons"), exact: true }).click();
    await page.locator('select[name="topic"]').selectOption(TOPIC);
    await page.locator('input[name="date"]').fill(tomorrow());
    await is_accessible(page, "planning a lesson");
    await fits_the_width(page, "planning a lesson");
    await page.getByRole("button", { name: word("teacher_plan"), exact: true }).click();
    await lesson_row().waitFor();
    await is_accessible(page, "a lesson");
    assert.match(await lesson_row().innerText(), /\b0\s%/);
    stays = await staying(page);
  },

  "its video comes first to a pupil of the class": async (world) => {
    noor = await pupil(world, "Noor");
    for (let steps = 0; steps < MOST_STEPS && !is_the_lesson(step_of(noor)); ++steps) {
      if ((await step_kind(noor.page)) === "exercise") {
        await fill_in(noor.page);
        await submit(noor);
        await go_on(noor.page);
      } else {
        const done = noor.page.getByRole("button", { name: word("video_done") });
        const before = noor.received("step-judged").length;
        await done.click();
        while (noor.received("step-judged").length === before) await noor.page.waitForTimeout(50);
      }
    }
    assert.ok(is_the_lesson(step_of(noor)), JSON.stringify(step_of(noor).reason));
    await noor.page.getByText(word("for_the_lesson", { date: "" }).replace(/[ .]+$/, "")).waitFor();
  },

  "it plays, with Dutch captions on": async () => {
    video = noor.page.locator("video");
    await video.focus();
    const from = await video.evaluate((player) => player.currentTime);
    await noor.page.keyboard.press("Space");
    await noor.page.waitForFunction((start) => document.querySelector("video").currentTime > start, from);
    const modes = ({ textTracks }) => [...textTracks].map(({ language, mode }) => `${language} ${mode}`);
    const shown = await video.evaluate(modes);
    assert.deepEqual(shown.sort(), ["en disabled", "nl showing"]);
    await noor.page.waitForFunction(() => {
      const track = [...document.querySelector("video").textTracks].find(({ mode }) => mode === "showing");
      return (track.activeCues?.length ?? 0) > 0;
    });
    await is_accessible(noor.page, "a video");
    await fits_the_width(noor.page, "a video");
  },

  "a chapter is a place to jump to, and it plays faster when asked": async () => {
    const chapters = step_of(noor).video.chapters;
    const last_before = chapters.findLast(({ at_s }) => at_s > 0 && at_s < MOMENT_S);
    await noor.page.getByRole("button", { name: last_before.title }).click();
    await noor.page.getByRole("button", { name: "1,5×" }).click();
    await noor.page.waitForFunction((at) => document.querySelector("video").currentTime >= at, last_before.at_s);
    assert.equal(await video.evaluate((player) => player.playbackRate), 1.5);
  },

  "a question at 0:20 reaches the teacher with its moment": async (world) => {
    const { page } = noor;
    await page.locator("h2").first().evaluate((title) => title.scrollIntoView());
    await page.waitForFunction((at) => document.querySelector("video").currentTime >= at, MOMENT_S - 3);
    await world.picture(page, "pupil-video");
    await page.waitForFunction((at) => document.querySelector("video").currentTime >= at, MOMENT_S);
    await video.evaluate((player) => player.pause());
    await video.evaluate((player, at) => (player.currentTime = at), MOMENT_S); // the seek bar, dragged to the moment
    await page.getByText(word("video_seen", { at: "0:20", seconds: "" }).trim()).waitFor();
    await page.getByRole("button", { name: word("question_here") }).click();
    await page.getByLabel(word("question_at", { at: "0:20" })).fill(QUESTION);
    await is_accessible(page, "asking a question");
    const asked = moment_of_click(page, word("send_question"));
    const seen = sight_of(teacher.page, QUESTION);
    await page.getByRole("button", { name: word("send_question") }).click();
    await page.getByText(word("question_sent")).waitFor();
    tell_delay("question → teacher's screen", await asked, await seen);
    const entry = teacher.page.locator("li", { hasText: QUESTION });
    assert.match(await entry.innerText(), /0:20/);
    assert.match(await entry.innerText(), /Noor/);
  },

  "after a reload the video goes on where it was": async () => {
    const { page } = noor;
    await page.reload();
    await page.waitForFunction((at) => Math.abs(document.querySelector("video")?.currentTime - at) < 1, MOMENT_S);
  },

  "how much was watched moves on the teacher's page": async () => {
    const watched = lesson_row().locator("td.watched");
    await teacher.page.waitForFunction((cell) => !/^0\s%$/.test(cell.innerText.trim()), await watched.elementHandle());
    const before = (await watched.innerText()).trim();
    const seen = first_sight(watched, before);
    await video.evaluate((player) => (player.currentTime = 40));
    await video.focus();
    await noor.page.keyboard.press("Space");
    await seen;
    const share = Number.parseInt((await watched.innerText()).trim());
    assert.ok(share > 0 && share < 100, `${share} %`);
  },

  "after the video come three exercises at the pupil's own level": async () => {
    await noor.page.getByRole("button", { name: word("video_done") }).click();
    await noor.page.getByRole("button", { name: word("check"), exact: true }).waitFor();
    const checks = lesson_row().locator("td").last();
    for (let done = 1; done <= CHECKS; ++done) {
      assert.equal(step_of(noor).reason.code, "readiness-check");
      const before = (await checks.innerText()).trim();
      const seen = first_sight(checks, before);
      const clicked = moment_of_click(noor.page);
      await answer_one(noor);
      tell_delay(`readiness check ${done} → teacher's screen`, await clicked, await seen);
      await go_on(noor.page);
    }
    assert.notEqual(step_of(noor).reason.code, "readiness-check");
  },

  "the lesson page shows it all without having been loaded anew": async (world) => {
    await stays();
    await is_accessible(teacher.page, "a lesson with a question");
    await fits_the_width(teacher.page, "a lesson with a question");
    await noor.leave();
  },

  "the lesson of the demo class shows who watched, who is ready and what they ask": async (world) => {
    const { page } = teacher;
    await page.getByRole("link", { name: word("teacher_nav_lessons"), exact: true }).click();
    await page.locator('li a[href^="#lesson/"]', { hasNotText: word("teacher_tomorrow") }).first().click();
    await page.locator("td.watched", { hasText: /100\s%/ }).first().waitFor();
    await is_accessible(page, "the lesson of the demo class");
    await world.picture(page, "teacher-lesson");
  },
};
