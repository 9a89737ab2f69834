// Staff and their own account: a code at signing in, switched on and off, and another password.
import { createHmac } from "node:crypto";
import { fits_the_width, is_accessible } from "./support/house_rules.mjs";
import { member_of_staff } from "./support/people.mjs";
import { demo, sign_in_staff } from "./support/pupil_desk.mjs";
import { word } from "./support/words.mjs";

const GUARDIAN = "ouder.demo";
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
let guardian;
let elsewhere; // the same person at another device
let secret;

// What an app makes of the key, written anew from RFC 6238.
function code(steps_from_now) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps_from_now));
  const mac = createHmac("sha1", key).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

const press = (page, text) => page.getByRole("button", { name: word(text), exact: true }).click();

export const steps = {
  "a guardian switches on a code at signing in": async (world) => {
    guardian = await member_of_staff(world, "/guardian/", GUARDIAN);
    const { page } = guardian;
    await press(page, "own_account");
    await page.locator('input[name="proof"]').fill(demo.password);
    await press(page, "second_begin");
    await page.locator("dialog svg path").waitFor();
    await is_accessible(page, "a code at signing in");
    await fits_the_width(page, "a code at signing in");
    secret = await page.locator("dialog code").innerText();
    await page.locator('input[name="code"]').fill(code(-1));
    await press(page, "second_confirm");
    await page.getByText(word("second_on")).waitFor();
  },

  "the password alone opens nothing, the password and a code do": async (world) => {
    elsewhere = await world.arrive({ path: "/guardian/" });
    const { page } = elsewhere;
    await sign_in_staff(page, GUARDIAN);
    await page.locator('input[name="code"]').fill(code(0));
    await is_accessible(page, "asking for a code");
    await press(page, "sign_in");
    await page.locator("header .who").waitFor();
  },

  "another password is asked for twice and ends the other sessions": async () => {
    elsewhere.line_may_break(true);
    const { page } = guardian;
    await page.locator('input[name="current"]').fill(demo.password);
    await page.locator('input[name="secret"]').fill("een heel lange zin");
    await page.locator('input[name="again"]').fill("een heel andere zin");
    await press(page, "own_change");
    await page.getByText(word("set_up_differs")).waitFor();
    await page.locator('input[name="again"]').fill("een heel lange zin");
    await press(page, "own_change");
    await page.getByText(word("own_changed")).waitFor();
    await elsewhere.page.locator('input[name="name"]').waitFor();
  },

  "the code is switched off with the password": async () => {
    const { page } = guardian;
    await page.locator('input[name="proof"]').fill("een heel lange zin");
    await press(page, "second_leave");
    await page.getByText(word("second_text")).waitFor();
    await press(page, "teacher_close");
    await page.locator("dialog").waitFor({ state: "detached" });
  },
};
