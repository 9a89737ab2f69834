// The newcomer's walk: the shipped program and pages, a demo school made for this run, a real Chromium, everything
// typed and clicked as a person would. `node tests/browser/run.mjs [--pictures] [scenario …]`; TREDE_PROGRAM names
// another program. --pictures writes the screenshots of docs/pictures anew. A failed step leaves its pages in
// build/browser/.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { borrow, chromium as chromium_path, left_behind, pictures, program } from "./support/places.mjs";
import { free_port, run, School } from "./support/program.mjs";
import { Visitor } from "./support/visitor.mjs";

const SCENARIOS =
  "doors start practice wishes keyboard small pages teacher lesson author account school-account class restart hostile".split(" ");
const LAUNCH = {
  executablePath: chromium_path,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
  ],
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const takes_pictures = process.argv.includes("--pictures");

// What the scenarios share: the school, the browser, and the people who stay on from one scenario to the next.
class World {
  people = {};
  #visitors = [];

  constructor(school, browser, folder) {
    this.school = school;
    this.browser = browser;
    this.folder = folder;
  }

  get visitors() {
    return this.#visitors;
  }

  async arrive({ school = this.school, ...options } = {}) {
    const visitor = await Visitor.arrive(this.browser, school, options);
    this.#visitors.push(visitor);
    return visitor;
  }

  async picture(page, name) {
    if (!takes_pictures) return;
    mkdirSync(pictures, { recursive: true });
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.join(pictures, `${name}.png`), animations: "disabled" });
  }

  // Who came for one scenario only leaves with it, also when it failed.
  async send_visitors_home() {
    const stay = new Set(Object.values(this.people));
    for (const visitor of this.#visitors) if (!stay.has(visitor)) await visitor.leave();
    this.#visitors = [...stay];
  }

  // Nobody's page may have complained, whichever step it was in.
  nobody_complains() {
    for (const visitor of this.#visitors) visitor.has_no_complaints();
  }

  async leave_behind(name) {
    mkdirSync(left_behind, { recursive: true });
    const places = [];
    for (const [index, visitor] of this.#visitors.entries()) {
      if (visitor.page.isClosed()) continue;
      const place = path.join(left_behind, `${name}-${index + 1}.png`);
      await visitor.page.screenshot({ path: place, timeout: 10_000 }).then(() => places.push(place), () => {});
    }
    const log = path.join(left_behind, `${name}.log`);
    const refusals = this.#visitors.flatMap((visitor) => visitor.refusals);
    writeFileSync(log, [...refusals, ...this.school.log.split("\n").slice(-200)].join("\n"));
    return [...places, log];
  }
}

async function play(name, world, count) {
  const { steps } = await import(`./${name}.mjs`);
  for (const [sentence, step] of Object.entries(steps)) {
    const started = Date.now();
    try {
      await step(world);
      world.nobody_complains();
      count.passed += 1;
      console.log(`${name}: ${sentence} ✓ ${((Date.now() - started) / 1000).toFixed(1)} s`);
    } catch (error) {
      count.failed += 1;
      console.log(`${name}: ${sentence} ✗\n${error.stack ?? error}`);
      console.log(`  see ${(await world.leave_behind(name)).join("\n      ")}`);
      return; // the steps behind it build on it
    }
  }
}

function require_the_build() {
  if (existsSync(program) && existsSync(chromium_path)) return;
  const the_browser = `${chromium_path} (Debian's package chromium)`;
  const missing = existsSync(program) ? the_browser : `${program} (./dev build makes it)`;
  console.error(`browser: ${missing} is missing.`);
  process.exit(1);
}

async function walk(school, folder, count) {
  const browser = await borrow("playwright-core").chromium.launch(LAUNCH);
  const world = new World(school, browser, folder);
  for (const name of SCENARIOS.filter((each) => wanted.length === 0 || wanted.includes(each))) {
    await play(name, world, count);
    await world.send_visitors_home();
  }
  await browser.close();
}

async function main() {
  require_the_build();
  const folder = mkdtempSync(path.join(os.tmpdir(), "trede-walk-"));
  const school = new School(path.join(folder, "school"), await free_port());
  const count = { passed: 0, failed: 0 };
  try {
    console.log("browser: making a demo school …");
    const made = await run("demo", "--days", "5", "--data", school.data);
    if (made.code !== 0) throw new Error(`there is no demo school: ${made.output}`);
    await school.open();
    await walk(school, folder, count);
  } catch (error) {
    count.failed += 1;
    console.error(`browser: ${error.message}`);
  } finally {
    await school.end();
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`browser: ${Math.round(performance.now() / 1000)} s in all`);
  console.log(`browser: ${count.passed} passed, ${count.failed} failed`);
  process.exitCode = count.failed === 0 ? 0 : 1;
}

await main();
