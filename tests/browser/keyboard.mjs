// The keyboard alone: from the front door to "where I stand", with Tab, Enter, the arrow keys and what one types.
import assert from "node:assert/strict";
import { focus_is_visible } from "./support/house_rules.mjs";
import { demo } from "./support/pupil_desk.mjs";
import { word } from "./support/words.mjs";

const TEN = 10;
const MOST_TABS = 60;
let visitor;

// Presses Tab until the focus is on what matches; every stop on the way must show its focus.
async function tab_to(selector, key = "Tab") {
  const { page } = visitor;
  for (let pressed = 0; pressed <= MOST_TABS; ++pressed) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      return focus_is_visible(page, selector);
    }
    await page.keyboard.press(key);
  }
  assert.fail(`${MOST_TABS} times ${key} did not lead to ${selector}`);
}

async function type(selector, text) {
  await tab_to(selector);
  await visitor.page.keyboard.type(text);
}

// Whatever is asked, answered by keys. Enter in a field hands the answer in.
async function answer_by_keys() {
  const { page } = visitor;
  if ((await page.locator(".exercise li button").count()) > 0) {
    await tab_to(".exercise li button");
    await page.keyboard.press("Enter");
    await tab_to(".actions .button.primary");
    return page.keyboard.press("Enter");
  }
  const kind = await page.locator(".exercise input").first().getAttribute("type");
  if (kind === "radio" || kind === "checkbox") {
    await tab_to(".exercise input");
    await page.keyboard.press(kind === "radio" ? "ArrowDown" : "Space");
    await tab_to(".actions .button.primary");
    return page.keyboard.press("Enter");
  }
  if ((await page.locator('.exercise input[name="numerator"]').count()) === 0) {
    await type('.exercise input[name="answer"]', "7");
  } else {
    await type('.exercise input[name="numerator"]', "3");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("7");
  }
  await page.keyboard.press("Enter");
}

// An exercise is judged; a video is put aside. Resolves when the next step is on the screen.
async function one_step() {
  const { page } = visitor;
  const check = page.getByRole("button", { name: word("check"), exact: true });
  const done = page.getByRole("button", { name: word("video_done") });
  await check.or(done).first().waitFor();
  if (await done.isVisible()) {
    await tab_to(".actions .button.primary");
    const seen = await page.locator("video").evaluate((video) => video.currentSrc);
    await page.keyboard.press("Enter");
    await page.waitForFunction((before) => document.querySelector("video")?.currentSrc !== before, seen);
    return 0;
  }
  await answer_by_keys();
  const next = page.locator("button.next");
  await next.waitFor();
  await page.waitForFunction(() => document.activeElement?.matches("button.next"));
  await focus_is_visible(page, "the way on");
  await page.keyboard.press("Enter");
  await next.waitFor({ state: "detached" });
  return 1;
}

export const steps = {
  "the front door opens with Tab and Enter": async (world) => {
    visitor = await world.arrive();
    await visitor.page.getByRole("heading", { level: 1 }).waitFor();
    await tab_to('a[href="/pupil/"]');
    await visitor.page.keyboard.press("Enter");
    await visitor.page.locator('input[name="class_code"]').waitFor();
  },

  "signing in needs no mouse": async () => {
    await type('input[name="class_code"]', demo.class_code);
    await type('input[name="name"]', "Sem");
    await type('input[name="secret"]', demo.pin);
    await visitor.page.keyboard.press("Enter");
    await visitor.page.getByText("Groep 7 (demo)").waitFor();
  },

  "ten answers are given by keys": async () => {
    for (let answers = 0; answers < TEN; ) answers += await one_step();
    assert.equal(visitor.received("refused").length, 0);
  },

  "where I stand is a Tab away": async () => {
    await tab_to('a[href="#standings"]', "Shift+Tab");
    await visitor.page.keyboard.press("Enter");
    await visitor.page.getByRole("heading", { level: 1, name: word("where_i_stand") }).waitFor();
    await visitor.leave();
  },
};
