// A guest of the demo class practises ten answers: wrong ones, one that cannot be read, one with a hint.
import assert from "node:assert/strict";
import { fits_the_width, is_accessible } from "./support/house_rules.mjs";
import { answer_one, demo, fill_in, go_on, sign_in_pupil, submit, to_an_exercise } from "./support/pupil_desk.mjs";
import { tell_no_secret } from "./support/secrets.mjs";
import { word } from "./support/words.mjs";

const TEN = 10;
const PICTURES = { 2: "picture_fish", 4: "picture_star", 6: "picture_apple", 8: "picture_balloon" };
let guest;

// Goes on until an exercise asks for a number: answers what comes before it.
async function to_a_number(visitor) {
  for (;;) {
    await to_an_exercise(visitor.page);
    if ((await visitor.page.locator('.exercise input[inputmode="decimal"]').count()) > 0) return;
    await fill_in(visitor.page);
    await submit(visitor);
    await go_on(visitor.page);
  }
}

// Children often answer with a number that stands in the question. Now and then that is right; then the next will do.
async function a_wrong_answer() {
  for (;;) {
    await to_a_number(guest);
    const question = await guest.page.locator(".exercise .question").innerText();
    await fill_in(guest.page, question.match(/\d+/)?.[0] ?? "3");
    const judged = await submit(guest);
    if (!judged.feedback.right) return judged;
    await go_on(guest.page);
  }
}

export const steps = {
  "a wrong PIN is refused kindly": async (world) => {
    guest = world.people.guest = await world.arrive({ path: "/pupil/" });
    const { page } = guest;
    await sign_in_pupil(page, "Gast", "1357");
    await page.getByText(word("sign_in_wrong_pupil")).waitFor();
    await is_accessible(page, "a refused sign-in");
  },

  "class code, name and the PIN in pictures open the door": async (world) => {
    const { page } = guest;
    await page.getByRole("button", { name: word("pin_in_pictures") }).click();
    for (const digit of demo.pin) {
      await page.getByRole("button", { name: word(PICTURES[digit]), exact: true }).click();
    }
    await is_accessible(page, "a PIN in pictures");
    await fits_the_width(page, "a PIN in pictures");
    await world.picture(page, "pupil-pictures");
    await page.getByRole("button", { name: word("sign_in"), exact: true }).click();
    await guest.page.getByText("Groep 7 (demo)").waitFor();
  },

  "a newcomer may first show what he knows, and stop with that at any moment": async (world) => {
    const { page } = guest;
    await page.getByRole("heading", { name: word("placement_title") }).waitFor();
    await is_accessible(page, "the offer of a first look");
    await fits_the_width(page, "the offer of a first look");
    await world.picture(page, "pupil-first-look");
    await page.getByRole("button", { name: word("placement_begin") }).click();
    await answer_one(guest);
    await go_on(page);
    const { given, least, most } = guest.received("step-judged").at(-1).next.placement;
    await page.getByText(word("placement_progress", { number: given + 1, least, most })).waitFor();
    await is_accessible(page, "a first look");
    await page.getByRole("button", { name: word("placement_stop") }).click();
    await page.getByText(word("level_question")).first().waitFor();
    assert.equal(guest.received("step-offered").at(-1).step.placement, undefined);
  },

  "the first exercise says why it is there": async (world) => {
    const { page } = guest;
    await to_an_exercise(page);
    await is_accessible(page, "an exercise");
    await fits_the_width(page, "an exercise");
    await world.picture(page, "pupil-exercise");
    await page.locator("summary", { hasText: "i" }).first().click();
    const steps = guest.frames.map(({ message }) => message.next ?? message.step).filter((step) => step?.reason);
    const { reason } = steps.at(-1);
    await page.getByText(word(`reason_${reason.code.replaceAll("-", "_")}`, reason)).waitFor();
    await is_accessible(page, "an exercise with its reason");
  },

  "what cannot be read is not wrong": async () => {
    const { page } = guest;
    await to_a_number(guest);
    const { length: judged } = guest.received("step-judged");
    await page.locator('.exercise input[name="answer"]').fill("zeven appels");
    await page.getByRole("button", { name: word("check"), exact: true }).click();
    await page.getByText(word("cannot_read")).waitFor();
    assert.equal(guest.received("step-judged").length, judged);
    assert.equal(guest.received("refused").at(-1).code, "invalid");
    await is_accessible(page, "an answer that cannot be read");
  },

  "a hint helps on without giving the answer": async () => {
    const { page } = guest;
    await page.getByRole("button", { name: word("take_hint"), exact: true }).click();
    await page.locator(".hint").first().waitFor();
    await is_accessible(page, "an exercise with a hint");
  },

  "a wrong answer is met with what went wrong and the way to do it": async (world) => {
    const { page } = guest;
    const judged = await a_wrong_answer();
    assert.equal(judged.feedback.right, false);
    await page.getByText(word("correct_answer")).waitFor();
    await page.getByText(word("how_to_solve")).waitFor();
    await is_accessible(page, "feedback");
    await fits_the_width(page, "feedback");
    await world.picture(page, "pupil-feedback");
    await go_on(page);
  },

  "ten answers make ten rungs": async () => {
    while ((guest.received("step-judged").at(-1)?.answers_today ?? 0) < TEN) {
      await answer_one(guest);
      await go_on(guest.page);
    }
    await guest.page.locator(".ladder[aria-label*=\"10\"]").waitFor();
  },

  "no key, feedback or hint ever came before it was due": async ({ school }) => {
    assert.ok(tell_no_secret(guest.frames) >= TEN);
    const { page } = guest;
    for (const path of ["/media/items/helft-kwart/helft-delen.json", "/media/topics.json", "/media/bank.json"]) {
      assert.equal((await page.request.get(`${school.url}${path}`)).status(), 404, path);
    }
  },

  "where I stand, in words and stairs": async (world) => {
    const { page } = guest;
    await page.getByRole("link", { name: word("where_i_stand") }).click();
    await page.getByRole("heading", { level: 1, name: word("where_i_stand") }).waitFor();
    assert.ok((await page.locator("li.topic").count()) >= 14);
    assert.ok((await page.locator("li.topic:not(.untouched)").count()) >= 1);
    await is_accessible(page, "where I stand");
    await fits_the_width(page, "where I stand");
    await world.picture(page, "pupil-standings");
    await page.getByRole("link", { name: word("practise"), exact: true }).click();
  },

  "in English the very same exercise goes on": async () => {
    const { page } = guest;
    await to_an_exercise(page);
    const { length: greeted } = guest.received("pupil-welcome");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: word("check", {}, "en"), exact: true }).waitFor();
    await page.getByRole("button", { name: "Nederlands" }).click();
    await page.getByRole("button", { name: word("check"), exact: true }).waitFor();
    await page.waitForFunction(() => document.documentElement.lang === "nl");
    const [english, dutch] = guest.received("pupil-welcome").slice(greeted);
    assert.equal(english.step.id, dutch.step.id);
    assert.notDeepEqual(english.step.exercise.body, dutch.step.exercise.body);
  },
};
