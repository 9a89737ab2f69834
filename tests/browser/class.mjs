// The whole class at once: 25 pupils answer five exercises each at once, and the teacher's page shows every one.
import assert from "node:assert/strict";
import { is_accessible } from "./support/house_rules.mjs";
import { the_guest, the_teacher } from "./support/people.mjs";
import { answer_one, go_on, staying } from "./support/pupil_desk.mjs";
import { RawPupil } from "./support/raw_pupil.mjs";
import { word } from "./support/words.mjs";

const EXERCISES = 5;
let pupils = [];
let stays;

export const steps = {
  "24 pupils come in at once": async (world) => {
    const { page } = await the_teacher(world);
    await page.getByRole("link", { name: word("teacher_nav_class"), exact: true }).click();
    await page.locator("tbody tr").first().waitFor();
    stays = await staying(page);
    const names = (await page.locator("tbody th .name").allInnerTexts()).filter((name) => name !== "Gast");
    pupils = await Promise.all(names.map((name) => RawPupil.sign_in(world.school, name)));
    assert.equal(pupils.length, 24);
    await page.waitForFunction(
      (count) => document.querySelectorAll("tbody .dot.online").length >= count,
      pupils.length,
    );
    await page.locator("main summary:has(h2)").first().evaluate((working_now) => working_now.scrollIntoView());
    await world.picture(page, "teacher-class");
    await page.evaluate(() => scrollTo(0, 0));
  },

  "25 pupils answer five exercises each at the same time": async (world) => {
    const guest = await the_guest(world);
    const by_page = async () => {
      for (let answers = 0; answers < EXERCISES; ++answers) {
        await answer_one(guest);
        await go_on(guest.page);
      }
    };
    await Promise.all([...pupils.map((pupil) => pupil.practise(EXERCISES)), by_page()]);
    for (const { answers_today } of pupils) assert.ok(answers_today >= EXERCISES);
  },

  "the teacher's page counts every answer": async (world) => {
    const { page } = await the_teacher(world);
    const counts = Object.fromEntries(pupils.map(({ name, answers_today }) => [name, answers_today]));
    await page.waitForFunction((expected) => {
      const rows = [...document.querySelectorAll("tbody tr")];
      const shown = (row) => Number.parseInt(row.querySelector("td.today")?.innerText ?? "");
      return rows.every((row) => (expected[row.querySelector(".name")?.innerText] ?? shown(row)) === shown(row));
    }, counts);
    await stays();
    await is_accessible(page, "a class at work");
    for (const pupil of pupils) pupil.leave();
  },

  "who leaves is shown as gone": async (world) => {
    const { page } = await the_teacher(world);
    await page.waitForFunction(() => document.querySelectorAll("tbody .dot.online").length <= 1); // the guest
  },
};
