// A teacher signs in, sees the class move while a pupil answers, and looks at one pupil and one topic.
import assert from "node:assert/strict";
import { fits_the_width, is_accessible } from "./support/house_rules.mjs";
import { first_sight, moment_of_click, tell_delay } from "./support/delays.mjs";
import { answer_one, demo, go_on, sign_in_pupil, sign_in_staff, staying } from "./support/pupil_desk.mjs";
import { the_guest } from "./support/people.mjs";
import { word } from "./support/words.mjs";

const PUPILS = 25; // 24 simulated ones and the guest
let teacher;

const row_of = (page, name) =>
  page.locator("tbody tr", { has: page.locator("th .name", { hasText: new RegExp(`^${name}$`) }) });

export const steps = {
  "a wrong password is refused": async (world) => {
    teacher = world.people.teacher = await world.arrive({ path: "/teacher/" });
    const { page } = teacher;
    await page.locator('input[name="name"]').fill(demo.teacher);
    await page.locator('input[name="secret"]').fill("something else");
    await page.getByRole("button", { name: word("sign_in"), exact: true }).click();
    await page.getByText(word("sign_in_wrong_staff")).waitFor();
    await is_accessible(page, "the teacher's door");
  },

  "the class stands in rows, its topics in columns": async () => {
    const { page } = teacher;
    await sign_in_staff(page, demo.teacher);
    await page.locator("tbody tr").first().waitFor();
    assert.equal(await page.locator("tbody tr").count(), PUPILS);
    assert.ok((await page.locator("thead .topics a").count()) >= 5);
    await is_accessible(page, "the class");
    await fits_the_width(page, "the class");
  },

  "an answer of a pupil reaches the teacher's screen by itself": async (world) => {
    const guest = await the_guest(world);
    const stays = await staying(teacher.page);
    const today = row_of(teacher.page, "Gast").locator("td.today");
    const before = (await today.innerText()).trim();
    const seen = first_sight(today, before);
    const clicked = moment_of_click(guest.page, word("check"));
    await answer_one(guest);
    tell_delay("answer → teacher's screen", await clicked, await seen);
    await go_on(guest.page);
    await stays();
  },

  "who works now stands on top": async () => {
    await teacher.page.getByRole("link", { name: /Gast/ }).first().waitFor();
    await row_of(teacher.page, "Gast").locator(".dot.online").waitFor();
  },

  "who rushes through is named in one sentence, and no longer once that was seen": async () => {
    const { page } = teacher;
    const cards = page.locator('section[aria-labelledby="alerts"] > ul > li');
    await cards.first().waitFor();
    assert.ok((await cards.count()) <= 4);
    const more = page.getByRole("button", { name: /^Nog / });
    if ((await more.count()) > 0) await more.click();
    const rushing = cards.filter({ hasText: word("teacher_alert_disengaged", { name: "Jayden" }) });
    await rushing.getByText(/% kans, uit \d+ antwoorden/).waitFor();
    await is_accessible(page, "what asks for attention");
    await rushing.getByRole("button", { name: new RegExp(`^${word("teacher_alert_seen")}`) }).click();
    await rushing.waitFor({ state: "detached" });
    await page.reload();
    await cards.first().waitFor();
    assert.equal(await rushing.count(), 0);
  },

  "a click on a pupil opens what was done and why": async (world) => {
    const { page } = teacher;
    await row_of(page, "Noor").locator("th a").click();
    await page.getByRole("heading", { level: 1, name: "Noor" }).waitFor();
    await page.getByRole("heading", { name: word("teacher_history") }).waitFor();
    await page.getByText(/^Gekozen |^Getoond /).first().waitFor({ state: "attached" });
    await is_accessible(page, "a pupil's history");
    await fits_the_width(page, "a pupil's history");
    await world.picture(page, "teacher-pupil");
    await page.getByRole("link", { name: word("teacher_back_to_class") }).click();
  },

  "a click on a topic says who is ready for it": async () => {
    const { page } = teacher;
    await page.locator("thead .topics a").first().click();
    await page.getByRole("heading", { name: word("teacher_topic_ready") }).waitFor();
    await is_accessible(page, "a topic");
    await fits_the_width(page, "a topic");
    await page.getByRole("link", { name: word("teacher_back_to_class") }).click();
    await page.locator("tbody tr").first().waitFor();
  },

  "groups are proposed, shaped by hand and kept": async () => {
    const { page } = teacher;
    await page.getByRole("link", { name: word("teacher_nav_groups"), exact: true }).click();
    await page.getByRole("button", { name: "Noor", exact: true }).click();
    await page.getByRole("button", { name: "Sem", exact: true }).click();
    await page.getByRole("button", { name: word("teacher_groups_apart"), exact: true }).click();
    await page.getByRole("button", { name: word("teacher_groups_propose") }).click();
    await page.getByRole("heading", { name: word("teacher_groups_proposal") }).waitFor();
    assert.equal(await page.locator(".set section.card").count(), 3);
    assert.equal(await page.locator(".set section.card li").count(), PUPILS);
    await is_accessible(page, "proposed groups");
    await fits_the_width(page, "proposed groups");
    await page.getByLabel(word("teacher_group_move", { name: "Noor" })).selectOption("2");
    await page.getByRole("button", { name: word("teacher_groups_save") }).click();
    await page.getByRole("button", { name: word("teacher_groups_dissolve") }).waitFor();
    const third = page.locator(".set section.card").nth(2);
    await third.getByRole("link", { name: "Noor" }).waitFor();
  },

  "a group's topic is put first once that is confirmed, and taken back": async () => {
    const { page } = teacher;
    const group = page.locator(".set section.card").first();
    await group.getByRole("button", { name: word("teacher_group_must_do"), exact: true }).click();
    await group.getByText(/ komt dan vooraan voor /).waitFor();
    await is_accessible(page, "putting a group's topic first");
    await group.getByRole("button", { name: word("teacher_group_must_do_yes"), exact: true }).click();
    await group.getByText(/ komt nu eerst voor /).waitFor();
    await group.getByRole("button", { name: word("teacher_week_undo"), exact: true }).click();
    await group.getByText(word("teacher_week_undone")).waitFor();
  },

  "a group's plan opens, with exercises to print": async () => {
    const { page } = teacher;
    const group = page.locator(".set section.card").first();
    await group.getByRole("link", { name: word("teacher_group_open_plan") }).click();
    await page.getByRole("heading", { name: word("teacher_plan_steps") }).waitFor();
    assert.ok((await page.locator("article .items li").count()) >= 1);
    await is_accessible(page, "a group's plan");
    await fits_the_width(page, "a group's plan");
    await page.getByRole("link", { name: word("teacher_nav_class"), exact: true }).click();
    await page.locator("tbody tr").first().waitFor();
  },

  "a week is fixed, said in words, and undone": async () => {
    const { page } = teacher;
    await page.getByRole("link", { name: word("teacher_nav_week"), exact: true }).click();
    await page.getByText(word("teacher_week_nothing")).waitFor();
    await is_accessible(page, "a week without a plan");
    await page.locator("form select").nth(1).selectOption("breuken-benoemen");
    await page.getByLabel(word("teacher_level_easy")).check();
    await page.getByRole("button", { name: word("teacher_week_save"), exact: true }).click();
    const in_force = page.locator("section[aria-labelledby=in-force]");
    await in_force.getByText(/^Mag: alleen Breuken benoemen \(tot en met /).waitFor();
    await in_force.getByText(word("teacher_week_says_level", { level: word("teacher_level_easy") })).waitFor();
    await is_accessible(page, "a week with a plan");
    await fits_the_width(page, "a week with a plan");
    await page.getByRole("button", { name: word("teacher_week_undo"), exact: true }).click();
    await page.getByText(word("teacher_week_nothing")).waitFor();
  },

  "what was practised while something was fixed has its place": async () => {
    const past = teacher.page.locator('section[aria-labelledby="past"]');
    await past.getByRole("heading", { name: word("teacher_past_title") }).waitFor();
    await past.locator("p").first().waitFor();
  },

  "an exercise is kept from a pupil, who is named where things are fixed": async () => {
    const { page } = teacher;
    await page.getByRole("link", { name: word("teacher_nav_class"), exact: true }).click();
    await row_of(page, "Noor").locator("th a").click();
    const why = page.locator("details", { hasText: word("teacher_block_for_pupil", { name: "Noor" }) }).first();
    await why.locator("summary").click();
    await why.getByRole("button", { name: word("teacher_block_for_pupil", { name: "Noor" }) }).click();
    await page.getByText(word("teacher_blocked_pupil", { name: "Noor" })).waitFor();
    await page.getByRole("link", { name: word("teacher_week_pupil", { name: "Noor" }) }).click();
    await page.locator("section[aria-labelledby=in-force] li").waitFor();
    assert.ok((await page.locator(".blocked q").innerText()).length > 5); // by its question, not by its id
    await page.getByRole("button", { name: word("teacher_week_clear"), exact: true }).click();
    await page.getByText(word("teacher_week_nothing_pupil", { name: "Noor" })).waitFor();
    await page.getByRole("link", { name: word("teacher_nav_class"), exact: true }).click();
    await page.locator("tbody tr").first().waitFor();
  },

  "in the same browser a pupil may sign in, and the teacher stays": async () => {
    const beside = await teacher.context.newPage();
    await beside.goto("/pupil/");
    await sign_in_pupil(beside, "Daan");
    await beside.getByText("Groep 7 (demo)").waitFor();
    await beside.close();
    await teacher.page.reload();
    await teacher.page.locator("tbody tr").first().waitFor();
  },
};
