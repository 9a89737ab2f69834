// What holds for every state of every page: no serious barrier (axe-core), nothing wider than the screen, calm when
// calm is asked for.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { borrow } from "./places.mjs";

const axe = readFileSync(borrow.resolve("axe-core/axe.min.js"), "utf8");

export async function is_accessible(page, state) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { violations } = await page.evaluate(async () => {
    const ends = (animation) => animation.effect.getComputedTiming().iterations === 1;
    const over = document.getAnimations().filter(ends).map((animation) => animation.finished.catch(() => {}));
    await Promise.all(over); // half faded in, everything has too little contrast
    return window.axe.run(document, { resultTypes: ["violations"] });
  });
  const barriers = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const places = (nodes) => nodes.map(({ html }) => `\n  ${html.slice(0, 160)}`).join("");
  const told = barriers.map(({ id, help, nodes }) => `${id}: ${help}${places(nodes)}`);
  assert.equal(told.length, 0, `${state}:\n${told.join("\n")}`);
}

export async function fits_the_width(page, state) {
  const { wide, room, culprits } = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    const scrolls = (element) => element !== document.body && getComputedStyle(element).overflowX !== "visible";
    const is_framed = (element) => element !== null && (scrolls(element) || is_framed(element.parentElement));
    const sticks_out = (element) => element.getBoundingClientRect().right > room + 1;
    const all = [...document.body.querySelectorAll("*")];
    const culprits = all.filter((element) => sticks_out(element) && !is_framed(element.parentElement)).slice(0, 5);
    const told = culprits.map((each) => each.outerHTML.slice(0, 120));
    return { wide: document.documentElement.scrollWidth, room, culprits: told };
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
    const has_ring = (each) => each !== null && getComputedStyle(each).outlineStyle !== "none";
    const ringed = has_ring(element) || has_ring(element.closest("label"));
    const { width, height } = element.getBoundingClientRect();
    if (!ringed) return `no focus ring on ${element.outerHTML.slice(0, 160)}`;
    return width < 24 || height < 24 ? `${width}×${height} px: ${element.outerHTML.slice(0, 160)}` : "";
  });
  assert.equal(seen, "", state);
}

// WCAG 2.2, 2.5.8: 24 px at least, but for links inside a sentence and what lies apart from the next one.
export async function is_touchable(page, state) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const small = await page.evaluate(async () => {
    const only = { type: "rule", values: ["target-size"] };
    const { violations } = await window.axe.run(document, { runOnly: only, resultTypes: ["violations"] });
    return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html.slice(0, 160)));
  });
  assert.deepEqual(small, [], `${state}: too small to be touched`);
}

// A figure is an image with a description, a formula is MathML, which screen readers speak; nothing drawn is silent.
export async function has_words_for_what_is_drawn(page, state) {
  const silent = await page.evaluate(() => {
    const is_hidden = (element) => element.closest("[aria-hidden=true], [hidden]") !== null;
    const named = (element) =>
      element.getAttribute("aria-label") || element.getAttribute("aria-labelledby") || element.querySelector("title");
    const drawn = [...document.querySelectorAll("svg, canvas, img:not([alt])")];
    const formulas = [...document.querySelectorAll("math")].filter((each) => each.textContent.trim() === "");
    const without = drawn.filter((each) => !is_hidden(each) && !named(each) && !each.closest("[aria-label]"));
    return [...without, ...formulas].map((each) => each.outerHTML.slice(0, 120));
  });
  assert.deepEqual(silent, [], `${state}: drawn without words`);
}
