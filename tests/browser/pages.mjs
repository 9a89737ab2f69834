// Every page of every role, found by its links: no serious barrier, nothing wider than the screen, on a desk, on a phone
// and at 200 %; every control large enough to be touched, every formula and figure with words for who cannot see it.
import assert from "node:assert/strict";
import { fits_the_width, has_words_for_what_is_drawn, is_accessible, is_touchable } from "./support/house_rules.mjs";
import { member_of_staff, pupil } from "./support/people.mjs";
import { demo } from "./support/pupil_desk.mjs";

const SCREENS = {
  "on a desk": { width: 1280, height: 800 },
  "on a phone": { width: 320, height: 640 },
  "at 200 %": { width: 640, height: 400 },
};
const ROLES = {
  teacher: { path: "/teacher/", name: demo.teacher, least: 5 },
  author: { path: "/author/", name: demo.author, least: 4 },
  administrator: { path: "/admin/", name: "beheer.demo", least: 3 },
  guardian: { path: "/guardian/", name: "ouder.demo", least: 1 },
  leader: { path: "/leader/", name: "directie.demo", least: 1 },
  coordinator: { path: "/talent/", name: "talent.demo", least: 1 },
};
const OF_A_KIND = 1; // of forty exercises one is looked at
const SETTLED_MS = 300;

// #item/12 and #item/13 are pages of one kind.
const kind_of = (hash) => hash.replace(/\/.*/, "");

async function hashes(page) {
  const links = await page.locator('a[href^="#"]').evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  return links.filter((hash) => hash.length > 1);
}

// What is wrong with the page as it stands, each in its words.
async function barriers(page, state) {
  const found = [];
  const look = (rule, where) => rule(page, where).catch(({ message }) => found.push(message));
  await page.waitForTimeout(SETTLED_MS);
  await look(is_accessible, state);
  await look(has_words_for_what_is_drawn, state);
  for (const [screen, size] of Object.entries(SCREENS)) {
    await page.setViewportSize(size);
    await look(fits_the_width, `${state} ${screen}`);
    if (screen === "on a phone") await look(is_touchable, `${state} ${screen}`);
  }
  await page.setViewportSize(SCREENS["on a desk"]);
  return found;
}

// The pages there are links to, those behind them too. Resolves to how many were looked at; all must be fit for all.
async function look_at_all(page, role) {
  const seen = new Map();
  const found = await barriers(page, `${role}: first page`);
  const waiting = await hashes(page);
  let looked = 1;
  while (waiting.length > 0) {
    const hash = waiting.shift();
    const kind = kind_of(hash);
    if ((seen.get(kind) ?? 0) >= OF_A_KIND || seen.has(hash)) continue;
    seen.set(hash, 1);
    seen.set(kind, (seen.get(kind) ?? 0) + 1);
    await page.evaluate((to) => (location.hash = to), hash);
    found.push(...(await barriers(page, `${role}: ${hash}`)));
    waiting.push(...(await hashes(page)));
    looked += 1;
  }
  assert.equal(found.length, 0, found.join("\n"));
  return looked;
}

const staff_steps = Object.entries(ROLES).map(([role, { path, name, least }]) => [
  `every page of a ${role} is fit for all`,
  async (world) => {
    const visitor = await member_of_staff(world, path, name);
    const looked = await look_at_all(visitor.page, role);
    assert.ok(looked >= least, `${looked} pages of a ${role} were found`);
    await visitor.leave();
  },
]);

export const steps = {
  ...Object.fromEntries(staff_steps),
  "every page of a pupil is fit for all": async (world) => {
    const visitor = await pupil(world, "Daan");
    assert.ok((await look_at_all(visitor.page, "pupil")) >= 2);
    await visitor.leave();
  },
};
