// The power fails: the server is killed while a pupil hands in an answer, started again, and everything is still there.
// Looks for what the scenarios lesson and author left, so it runs after them.
import assert from "node:assert/strict";
import { ITEM } from "./author.mjs";
import { QUESTION } from "./lesson.mjs";
import { member_of_staff, the_guest, the_teacher } from "./support/people.mjs";
import { answer_one, demo, fill_in, go_on, step_kind, to_an_exercise } from "./support/pupil_desk.mjs";
import { tell_no_secret } from "./support/secrets.mjs";
import { word } from "./support/words.mjs";

let guest;
let teacher;
let answers; // of the guest, today

const next = () => guest.page.locator("button.next");

async function everything_is_there(world) {
  const { page } = teacher;
  await page.locator("tbody tr").first().waitFor();
  await page.waitForFunction((count) => {
    const is_the_guest = (row) => row.querySelector(".name")?.innerText === "Gast";
    const row = [...document.querySelectorAll("tbody tr")].find(is_the_guest);
    return Number.parseInt(row?.querySelector("td.today").innerText) === count;
  }, answers);
  await page.getByRole("link", { name: word("teacher_nav_lessons"), exact: true }).click();
  await page.locator('li a[href^="#lesson/"]', { hasText: word("teacher_tomorrow") }).first().click();
  await page.getByText(QUESTION).first().waitFor();
  const author = await member_of_staff(world, "/author/", demo.author);
  await author.page.getByLabel(word("search")).fill(ITEM);
  await author.page.getByRole("link", { name: new RegExp(ITEM) }).waitFor();
  await author.leave();
}

export const steps = {
  "a pupil is in the middle of an exercise when the server is killed": async (world) => {
    guest = await the_guest(world);
    teacher = await the_teacher(world);
    await teacher.page.getByRole("link", { name: word("teacher_nav_class"), exact: true }).click();
    const judged = await answer_one(guest);
    answers = judged.answers_today;
    await go_on(guest.page);
    await to_an_exercise(guest.page);
    for (const visitor of Object.values(world.people)) visitor.line_may_break(true);
    await world.school.end("SIGKILL");
  },

  "the page says so calmly, and takes the answer all the same": async () => {
    await guest.page.getByText(word("connection_lost")).waitFor();
    await fill_in(guest.page);
    await guest.page.getByRole("button", { name: word("check"), exact: true }).click();
    assert.equal(await next().isVisible(), false);
  },

  "once the server is back, the answer is judged without a hand on the page": async (world) => {
    await world.school.open();
    assert.match(world.school.log, /every belief that was read is as stored/);
    await next().waitFor();
    answers += 1;
    assert.equal(guest.received("step-judged").at(-1).answers_today, answers);
    await guest.page.locator(".banner").waitFor({ state: "detached" });
  },

  "the pupil goes on where he was": async () => {
    await go_on(guest.page);
    assert.equal((await answer_one(guest)).answers_today, ++answers);
    await go_on(guest.page);
    assert.notEqual(await step_kind(guest.page), "nothing");
    tell_no_secret(guest.frames);
  },

  "count, lesson, question and item are all there": everything_is_there,

  "and after a second time, with nobody at the door": async (world) => {
    await world.school.end("SIGKILL");
    await world.school.open();
    await teacher.page.getByRole("link", { name: word("teacher_nav_class"), exact: true }).click();
    await everything_is_there(world);
  },

  "the server ends when asked, and has nothing to complain about": async (world) => {
    assert.equal(await world.school.end("SIGTERM"), 0);
    const complaints = world.school.log.split("\n").filter((line) => / (error|critical) /.test(line));
    assert.deepEqual(complaints, []);
  },
};
