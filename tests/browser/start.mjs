// The front page, in both languages.
import assert from "node:assert/strict";
import { is_accessible, fits_the_width } from "./support/house_rules.mjs";
import { word } from "./support/words.mjs";

let visitor;

export const steps = {
  "three doors stand open": async (world) => {
    visitor = await world.arrive();
    const { page } = visitor;
    await page.getByRole("heading", { level: 1, name: word("start_heading") }).waitFor();
    for (const role of ["pupil", "teacher", "author"]) {
      const door = page.getByRole("link", { name: word(`door_${role}`) });
      assert.equal(new URL(await door.evaluate(({ href }) => href)).pathname, `/${role}/`);
    }
    await is_accessible(page, "start");
    await fits_the_width(page, "start");
    await world.picture(page, "start");
  },

  "the page speaks English when asked, and remembers": async () => {
    const { page } = visitor;
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: word("start_heading", {}, "en") }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: word("start_heading", {}, "en") }).waitFor();
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await visitor.leave();
  },
};
