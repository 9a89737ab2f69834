// What a pupil does at the page, through the page: sign in, fill in the answer that is asked, go on.
import { word } from "./words.mjs";

export const demo = {
  class_code: "TREDE7",
  pin: "2468",
  teacher: "juf.demo",
  author: "auteur.demo",
  password: "trede-demo",
};

export async function sign_in_pupil(page, name, pin = demo.pin) {
  await page.locator('input[name="class_code"]').fill(demo.class_code);
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="secret"]').fill(pin);
  await page.getByRole("button", { name: word("sign_in"), exact: true }).click();
}

export async function sign_in_staff(page, name) {
  await page.locator('input[name="name"]').fill(name);
  await page.locator('input[name="secret"]').fill(demo.password);
  await page.getByRole("button", { name: word("sign_in"), exact: true }).click();
}

const check = (page) => page.getByRole("button", { name: word("check"), exact: true });
const next = (page) => page.locator("button.next", { hasText: word("next") });
const video_done = (page) => page.getByRole("button", { name: word("video_done") });

// Says yes to a first look and goes on after its last word, where the page asks.
async function past_the_first_look(page, step) {
  const offer = page.getByRole("button", { name: word("placement_begin") });
  const word_after = page.locator(".card:not(article)").getByRole("button", { name: word("next") });
  for (;;) {
    await step.or(offer).or(word_after).first().waitFor();
    if (await step.first().isVisible()) return;
    await offer.or(word_after).first().click();
  }
}

// "exercise", "video" or "nothing": what is on the screen, once it is there.
export async function step_kind(page) {
  const nothing = page.getByRole("heading", { name: word("nothing_title") });
  await past_the_first_look(page, check(page).or(video_done(page)).or(nothing));
  if (await check(page).isVisible()) return "exercise";
  return (await video_done(page).isVisible()) ? "video" : "nothing";
}

// Leaves videos behind until an exercise is there; a newcomer may look at them or not. A second video may follow the
// first: a lesson's after the one for a new topic.
export async function to_an_exercise(page) {
  while ((await step_kind(page)) === "video") {
    const seen = await page.locator("video").evaluate((video) => video.currentSrc);
    await video_done(page).click();
    await page.waitForFunction((before) => document.querySelector("video")?.currentSrc !== before, seen);
  }
}

// Fills in an answer that can be read. What it is worth the server will say; text is for fields to type in.
export async function fill_in(page, text = "7") {
  const form = page.locator(".exercise");
  const first = form.locator("input, li button").first();
  await first.waitFor();
  if ((await form.locator("li button").count()) > 0) return; // an ordering stands in some order already
  const name = await first.getAttribute("name");
  if (name === "answer") return form.locator('input[name="answer"]').fill(text);
  if (name === "whole" || name === "numerator") {
    await form.locator('input[name="numerator"]').fill(text);
    return form.locator('input[name="denominator"]').fill("9");
  }
  await form.locator("label", { has: page.locator("input") }).first().click();
}

// The frame that judged the answer just given, as the page received it.
export async function submit(visitor) {
  const { page } = visitor;
  const before = visitor.received("step-judged").length;
  await check(page).click();
  await next(page).waitFor();
  return visitor.received("step-judged").slice(before).at(-1);
}

export async function go_on(page) {
  await next(page).click();
  await next(page).waitFor({ state: "detached" });
}

export async function answer_one(visitor, text) {
  await to_an_exercise(visitor.page);
  await fill_in(visitor.page, text);
  return submit(visitor);
}

// A mark on the page that a reload would wipe out; the function it returns tells that it is still there.
export async function staying(page) {
  await page.evaluate(() => (window.still_here = true));
  return async () => {
    if (!(await page.evaluate(() => window.still_here === true))) throw new Error("the page was loaded anew");
  };
}
