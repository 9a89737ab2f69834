// What holds for every state of every page: no serious barrier (axe-core), nothing wider than the screen, calm when calm is asked.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { borrow } from "./places.mjs";

const axe = readFileSync(borrow.resolve("axe-core/axe.min.js"), "utf8");

export async function is_accessible(page, state) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => {
    await Promise.all(document.getAnimations().filter((each) => each.effect.getComputedTiming().iterations === 1).map((each) => each.finished));
    return window.axe.run(document, { resultTypes: ["violations"] });
  });
  const barriers = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = barriers.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html.slice(0, 160)).join("\n  ")}`);
  assert.equal(told.length, 0, `${state}:\n${told.join("\n")}`);
}

export async function fits_the_width(page, state) {
  const { wide, room, culprits } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const sticks_out = (element) => element.getBoundingClientRect().right > room + 1;
    const culprits = [...document.body.querySelectorAll("*")].filter(sticks_out).slice(0, 5);
    return { wide: document.documentElement.scrollWidth, room, culprits: culprits.map((each) => each.outerHTML.slice(0, 120)) };
  });
  assert.ok(wide <= room, `${state}: ${wide} px wide in a window of ${room} px\n${culprits.join("\n")}`);
}

export async function is_calm(page, state) {
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter((each) => each.playState === "running" && Number(each.effect.getComputedTiming().duration) > 10)
      .map((each) => `${each.animationName ?? each.transitionProperty} on ${each.effect.target?.className}`),
  );
  assert.deepEqual(moving, [], state);
}

// What has the focus can be seen, and is large enough to be touched.
export async function focus_is_visible(page, state) {
  const seen = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null || element === document.body) return "nothing has the focus";
    const rings = [element, ...(element.closest("label, li, tr, form, .input") ? [element.closest("label, li, tr, form, .input")] : [])];
    const ringed = rings.some((each) => getComputedStyle(each).outlineStyle !== "none" || getComputedStyle(each).boxShadow !== "none");
    const { width, height } = element.getBoundingClientRect();
    if (!ringed) return `no focus ring on ${element.outerHTML.slice(0, 160)}`;
    return width < 24 || height < 24 ? `${width}×${height} px: ${element.outerHTML.slice(0, 160)}` : "";
  });
  assert.equal(seen, "", state);
}
