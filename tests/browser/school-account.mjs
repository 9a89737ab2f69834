// Staff who sign in with the account of their school: a real provider in a process of its own, on another site than
// Trede's.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { fits_the_width, focus_is_visible, is_accessible, is_touchable } from "./support/house_rules.mjs";
import { member_of_staff } from "./support/people.mjs";
import { demo } from "./support/pupil_desk.mjs";
import { free_port, run, School } from "./support/program.mjs";
import { word } from "./support/words.mjs";

const NAME = "Lesplein";
const PROCESS = fileURLToPath(new URL("support/provider_process.mjs", import.meta.url));
const PHONE = { width: 390, height: 800 };
const DESK = { width: 1280, height: 800 };

let school;
let provider; // the process
let elsewhere; // its origin
let teacher;

async function open_provider() {
  const port = new URL(elsewhere).port;
  const way_back = `${school.url}/school/`;
  provider = spawn(process.execPath, [PROCESS, port, way_back, "geheim"], { stdio: ["ignore", "pipe", "inherit"] });
  await once(provider.stdout, "data");
}

async function end_provider() {
  const ended = once(provider, "close");
  provider.kill();
  await ended;
}

const press = (page, text) => page.getByRole("button", { name: word(text), exact: true }).click();
const school_button = (page) => page.getByRole("button", { name: word("school_sign_in", { name: NAME }), exact: true });
const someone = (world) => world.arrive({ school, elsewhere, path: "/teacher/" });

async function sign_in_there(page, name, button = "Sign in") {
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(`${school.url}/**`);
}

// The page says this and is fit for all, on a desk and on a phone.
async function says(page, text) {
  await page.getByText(word(text, { name: NAME })).waitFor();
  await is_accessible(page, text);
  for (const size of [PHONE, DESK]) {
    await page.setViewportSize(size);
    await fits_the_width(page, `${text} at ${size.width}`);
    if (size === PHONE) await is_touchable(page, text);
  }
}

export const steps = {
  "a school has accounts of its own": async ({ folder }) => {
    elsewhere = `http://127.0.0.1:${await free_port()}`;
    const data = path.join(folder, "with-accounts");
    const secret = path.join(folder, "secret");
    writeFileSync(secret, "geheim\n", { mode: 0o600 });
    const made = await run("demo", "--days", "1", "--data", data);
    assert.equal(made.code, 0, made.output);
    const options = ["--oidc-issuer", elsewhere, "--oidc-client-id", "trede", "--oidc-client-secret-file", secret];
    school = new School(data, await free_port(), ...options, "--oidc-name", NAME);
    await school.open();
    await open_provider();
  },

  "a teacher links the account, with the password": async (world) => {
    teacher = await member_of_staff(world, "/teacher/", demo.teacher, { school, elsewhere });
    const { page } = teacher;
    await press(page, "own_account");
    await says(page, "school_as_yourself");
    await page.locator('input[name="school_proof"]').fill(demo.password);
    await press(page, "school_link");
    await sign_in_there(page, "sanne-17");
    await page.getByRole("heading", { name: word("school_done_heading") }).waitFor();
    await says(page, "school_done");
    assert.equal(new URL(page.url()).search, "", "the code stays in no history");
    await page.getByRole("link", { name: word("school_back") }).click();
    await page.locator("header .who").waitFor();
  },

  "and comes in with it from then on, by keyboard": async () => {
    const { page } = teacher;
    await press(page, "sign_out");
    await school_button(page).focus();
    await focus_is_visible(page, "the button of the school");
    await says(page, "school_sign_in");
    await page.keyboard.press("Enter"); // who is signed in there is not asked again
    await page.locator("header .who").waitFor();
    assert.equal(new URL(page.url()).pathname, "/teacher/");
    await page.reload();
    await page.locator("header .who").waitFor();
  },

  "who turns back at the school is told that nothing happened": async (world) => {
    const { page } = await someone(world);
    await school_button(page).click();
    await sign_in_there(page, "", "Cancel");
    await says(page, "school_cancelled");
    await page.getByRole("link", { name: word("school_back") }).click();
    await school_button(page).waitFor();
  },

  "whom nobody linked is told what to do": async (world) => {
    const { page, context } = await someone(world);
    await school_button(page).click();
    await sign_in_there(page, "somebody-else");
    await says(page, "school_not_linked");
    const names = (await context.cookies(school.url)).map(({ name }) => name);
    assert.ok(!names.includes("trede-teacher"), "nobody is signed in");
  },

  "another role's page lets nobody in with it, nor does a way back that was not begun here": async (world) => {
    const { page } = await world.arrive({ school, elsewhere, path: "/author/" });
    await school_button(page).click();
    await sign_in_there(page, "sanne-17");
    await says(page, "school_not_linked");
    await page.goto("/school/?code=stolen&state=author.guessed");
    await says(page, "school_late");
    await page.goto("/school/?error=server_error&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state=%2F%2Fevil");
    await says(page, "school_cancelled");
    assert.equal(await page.getByRole("link", { name: word("school_back") }).getAttribute("href"), "/");
  },

  "the teacher undoes the link": async (world) => {
    const { page } = teacher;
    await press(page, "own_account");
    await says(page, "school_linked");
    await page.locator('input[name="school_proof"]').fill(demo.password);
    await press(page, "school_unlink");
    await says(page, "school_as_yourself");
    await press(page, "teacher_close");
    await press(page, "sign_out");
    await school_button(page).click();
    await says(page, "school_not_linked");
    assert.doesNotMatch(school.log, /sanne-17|somebody-else/);
  },

  "while the provider is away a page says so, and the password goes on working": async (world) => {
    await end_provider();
    for (const visitor of world.visitors) visitor.line_may_break(true);
    await school.end();
    await school.open();
    const { page } = await someone(world);
    await school_button(page).click();
    await says(page, "school_down");
    const { page: other } = await member_of_staff(world, "/teacher/", demo.teacher, { school, elsewhere });
    await other.locator("header .who").waitFor();
    assert.equal(await school.end(), 0);
  },
};
