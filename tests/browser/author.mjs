// An author writes a number item with draws, sees it as pupils do, publishes it, and a pupil meets it; a video comes in
// too. Nothing is restarted.
import assert from "node:assert/strict";
import path from "node:path";
import { fits_the_width, is_accessible } from "./support/house_rules.mjs";
import { member_of_staff, the_guest } from "./support/people.mjs";
import { repository } from "./support/places.mjs";
import { answer_one, demo, go_on, submit, to_an_exercise } from "./support/pupil_desk.mjs";
import { word } from "./support/words.mjs";

const MOST_ANSWERS = 60; // until the new item is met; where a struggling pupil practises it is among the easiest
const QUESTION = /Op elke helft van een schrift plakt Bram (\d+) stickers/;
export const ITEM = "stickers-op-het-schrift";

const VIDEO = "Breuken nog eens";
const starter = (file) => path.join(repository, "content/starter/videos/breuken-benoemen", file);

let author;

// The words of a label that wraps a list of choices hold those choices too, so a field is found by its heading alone.
const field = (name) =>
  author.page
    .locator("label", { has: author.page.locator(`.label:text-is("${word(name)}")`) })
    .locator("input, select, textarea");
const pair = (name) => author.page.locator("fieldset", { has: author.page.locator(`legend:text-is("${word(name)}")`) });

async function write_pair(name, dutch, english) {
  const fields = pair(name).locator("input.input, textarea");
  await fields.nth(0).fill(dutch);
  await fields.nth(1).fill(english);
}

const preview = () =>
  author.page.locator("section", { has: author.page.getByRole("heading", { name: word("preview") }) });
const publish = () => author.page.getByRole("button", { name: word("publish"), exact: true });

async function bank_version() {
  const [, version] = (await author.page.locator("header .who").innerText()).match(/versie (\d+)/);
  return Number(version);
}

// The head of the page counts along as soon as the new bank is read.
async function bank_becomes(version) {
  const head = author.page.locator("header .who");
  await head.filter({ hasText: word("bank_version", { version }) }).waitFor();
}

export const steps = {
  "the bank lies open, and can be searched": async (world) => {
    author = world.people.author = await member_of_staff(world, "/author/", demo.author);
    const { page } = author;
    await page.getByRole("heading", { level: 1, name: word("the_bank") }).waitFor();
    await page.locator(".rows li").first().waitFor();
    const all = await page.locator(".rows li").count();
    assert.ok(all >= 80);
    await page.getByLabel(word("search")).fill("knikkers");
    await page.waitForFunction((before) => document.querySelectorAll(".rows li").length < before, all);
    await is_accessible(page, "the bank");
    await fits_the_width(page, "the bank");
  },

  "what pupils lacked and what may be faulty is told, with figures": async (world) => {
    const { page } = author;
    await page.getByLabel(word("search")).fill("");
    const section = (id) => page.locator(`section[aria-labelledby="${id}"]`);
    await section("gaps").locator("li").first().waitFor();
    await section("suspects").locator("li, p").first().waitFor(); // some, or a word that there are none
    await page.getByLabel(word("order_by")).selectOption("exposure");
    const first = page.locator(".rows li").first();
    await first.getByText(/\d+ antwoorden, \d+% goed \(\d+%.–.\d+%\), verwacht \d+%/).waitFor();
    await first.getByText(/% van het aanbod/).waitFor();
    await is_accessible(page, "the bank with figures");
    await fits_the_width(page, "the bank with figures");
    await world.picture(page, "author-bank");
    await page.getByLabel(word("order_by")).selectOption("bank");
  },

  "of an item is told why and how likely it was chosen, of a video also what it does": async () => {
    const { page } = author;
    const choices = page.locator('section[aria-labelledby="choices"]');
    await page.getByLabel(word("order_by")).selectOption("exposure");
    await page.locator(".rows li a").first().click();
    await choices.getByText(/\d+ keer, verwacht \d+% goed; kans op juist deze keuze meestal 1 op /).first().waitFor();
    await page.getByText(/\d+ antwoorden, \d+% goed/).waitFor();
    await is_accessible(page, "why an item was chosen");
    await fits_the_width(page, "why an item was chosen");
    await page.getByRole("link", { name: word("all_content"), exact: true }).first().click();
    await page.locator('.rows li a[href^="#video/"]').first().click();
    await page.locator('section[aria-labelledby="effects"] dd').nth(1).waitFor();
    await choices.locator("p").first().waitFor();
    await is_accessible(page, "what a video does");
    await fits_the_width(page, "what a video does");
    await page.getByRole("link", { name: word("all_content"), exact: true }).first().click();
  },

  "a new item is written in the form": async () => {
    await author.page.getByRole("link", { name: word("new_item"), exact: true }).click();
    await field("item_id").fill(ITEM);
    await field("topic").selectOption("helft-kwart");
    await field("step").selectOption({ label: word("step_much_easier") });
    await field("draws").fill("a = rand(3, 40)");
    await write_pair(
      "question",
      "Op elke helft van een schrift plakt Bram @a@ stickers.\n\nHoeveel stickers zitten er op het hele schrift?",
      "On each half of a notebook Bram sticks @a@ stickers.\n\nHow many stickers are on the whole notebook?",
    );
    const first_hint = author.page.getByRole("group", { name: word("hint_number", { number: 1 }), exact: true });
    const hint = first_hint.locator("textarea");
    await hint.nth(0).fill("Een heel schrift is twee helften.");
    await hint.nth(1).fill("A whole notebook is two halves.");
    await write_pair("solution", "Twee helften van @a@: 2 × @a@ = @2*a@.", "Two halves of @a@: 2 × @a@ = @2*a@.");
  },

  "what is missing is said, and cannot be published": async () => {
    await author.page.getByRole("heading", { name: word("the_check") }).waitFor();
    await author.page.locator("section", { hasText: word("the_check") }).locator("li").first().waitFor();
    assert.ok(await publish().isDisabled());
    await is_accessible(author.page, "an item with problems");
  },

  "it is drawn as a pupil sees it, each time anew": async (world) => {
    const { page } = author;
    await field("key").fill("2*a");
    await field("solve").fill("answer / 2 = a");
    await page.getByText(word("no_problems")).waitFor();
    await preview().getByText(QUESTION).waitFor();
    const numbers = new Set();
    for (let draw = 0; draw < 6; ++draw) {
      const before = author.received("item-tried").length;
      await page.getByRole("button", { name: word("new_draw") }).click();
      while (author.received("item-tried").length === before) await page.waitForTimeout(50);
      await preview().getByText(QUESTION).waitFor();
      numbers.add((await preview().innerText()).match(QUESTION)[1]);
    }
    assert.ok(numbers.size > 1, [...numbers].join());
    await is_accessible(page, "writing an item");
    await fits_the_width(page, "writing an item");
    await page.evaluate(() => scrollTo(0, 0));
    await world.picture(page, "author-item");
  },

  "it judges an answer as a pupil's would be": async () => {
    const [, number] = (await preview().innerText()).match(QUESTION);
    await preview().locator('input[name="answer"]').fill(String(2 * Number(number)));
    await preview().getByRole("button", { name: word("check"), exact: true }).click();
    await preview().locator(".feedback.right").waitFor();
  },

  "it is published as a new version of the bank": async () => {
    const before = await bank_version();
    await publish().click();
    await author.page.getByText(word("published_as", { version: before + 1 })).waitFor();
    await bank_becomes(before + 1);
    await is_accessible(author.page, "a published item");
  },

  "an item is taken out of use and put back": async () => {
    const { page } = author;
    for (const status of ["retired", "active"]) {
      const before = await bank_version();
      await field("status").selectOption(status);
      await page.getByText(word("no_problems")).waitFor();
      await publish().click();
      await bank_becomes(before + 1);
      await page.getByRole("link", { name: word("all_content"), exact: true }).first().click();
      const row = page.locator(".rows li", { has: page.locator(`a[href="#item/${ITEM}"]`) });
      const mark = row.locator(".status", { hasText: word("status_retired") });
      await mark.waitFor({ state: status === "retired" ? "visible" : "detached" });
      await row.locator("a").click();
      await field("status").waitFor();
    }
  },

  "a video comes in with captions in both languages": async () => {
    const { page } = author;
    await page.getByRole("link", { name: word("new_video"), exact: true }).click();
    await field("item_id").fill("breuken-nog-eens");
    await field("topic").selectOption("breuken-benoemen");
    await write_pair("title", VIDEO, "Fractions once more");
    const files = page.locator('input[type="file"]');
    await files.nth(0).setInputFiles(starter("video.webm"));
    await files.nth(1).setInputFiles(starter("captions.nl.vtt"));
    await files.nth(2).setInputFiles(starter("captions.en.vtt"));
    await preview().locator("video").waitFor();
    await is_accessible(page, "bringing in a video");
    await fits_the_width(page, "bringing in a video");
    const before = await bank_version();
    await publish().click();
    await page.getByText(word("published_as", { version: before + 1 })).waitFor();
    await bank_becomes(before + 1);
  },

  "it plays from the bank": async () => {
    const { page } = author;
    await page.getByRole("link", { name: word("all_content"), exact: true }).first().click();
    await page.getByRole("link", { name: VIDEO }).click();
    await preview().locator("video").waitFor();
    await page.waitForFunction(() => document.querySelector("video").readyState >= HTMLMediaElement.HAVE_METADATA);
    const source = await preview().locator("video").evaluate((player) => new URL(player.currentSrc).pathname);
    assert.match(source, /^\/media\/[0-9a-f]{64}\.webm$/);
  },

  "a pupil meets the new item while practising": async (world) => {
    const guest = await the_guest(world);
    const { page } = guest;
    let answers = 0;
    for (;;) {
      await to_an_exercise(page);
      if (QUESTION.test(await page.locator(".exercise .question").innerText())) break;
      assert.ok(++answers <= MOST_ANSWERS, `not met in ${MOST_ANSWERS} answers`);
      await answer_one(guest);
      await go_on(page);
    }
    console.log(`  met after ${answers} answers`);
    const [, number] = (await page.locator(".exercise .question").innerText()).match(QUESTION);
    await page.locator('.exercise input[name="answer"]').fill(String(2 * Number(number)));
    const judged = await submit(guest);
    assert.equal(judged.feedback.right, true);
    await page.locator(".feedback.right").waitFor();
    await is_accessible(page, "feedback on a right answer");
    await go_on(page);
  },
};
