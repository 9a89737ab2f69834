// What a pupil may want otherwise, and what the teacher decides: the level, another exercise, a pause.
import assert from "node:assert/strict";
import { fits_the_width, is_accessible } from "./support/house_rules.mjs";
import { pupil } from "./support/people.mjs";
import { answer_one, go_on, staying, to_an_exercise } from "./support/pupil_desk.mjs";
import { steer } from "./support/raw_teacher.mjs";
import { tell_no_secret } from "./support/secrets.mjs";
import { word } from "./support/words.mjs";

let kiki;

const button = (key) => kiki.page.getByRole("button", { name: word(key), exact: true });
const offered = () => kiki.received("step-offered").at(-1).step;

export const steps = {
  "a pupil makes it easier, and it is at once": async (world) => {
    kiki = await pupil(world, "Kiki");
    await to_an_exercise(kiki.page);
    await button("level_easy").click();
    await kiki.page.getByText(word("told_level_now")).or(kiki.page.getByText(word("told_level_later"))).waitFor();
    assert.equal(offered().level, "easy");
    await button("level_easy").and(kiki.page.locator('[aria-pressed="true"]')).waitFor();
    await is_accessible(kiki.page, "an exercise with a level chosen");
    await world.picture(kiki.page, "pupil-wishes");
  },

  "the level is remembered": async () => {
    await kiki.page.reload();
    await to_an_exercise(kiki.page);
    await button("level_easy").and(kiki.page.locator('[aria-pressed="true"]')).waitFor();
    await button("level_adaptive").click();
    await button("level_adaptive").and(kiki.page.locator('[aria-pressed="true"]')).waitFor();
  },

  "not this exercise, for a reason, and not again at once": async () => {
    await to_an_exercise(kiki.page);
    const before = kiki.frames.map(({ message }) => message.next ?? message.step).filter(Boolean).at(-1);
    await button("put_aside").click();
    await kiki.page.getByText(word("put_aside_why")).waitFor();
    await is_accessible(kiki.page, "why not this exercise");
    await fits_the_width(kiki.page, "why not this exercise");
    await button("put_aside_unclear").click();
    await kiki.page.getByText(word("told_put_aside")).waitFor();
    assert.notEqual(offered().id, before.id);
    assert.equal(await button("put_aside").count(), 0);
  },

  "a pause comes and goes without a reload": async ({ school }) => {
    await to_an_exercise(kiki.page);
    const stays = await staying(kiki.page);
    await steer(school, { paused: true });
    await kiki.page.getByRole("heading", { name: word("paused_title") }).waitFor();
    await is_accessible(kiki.page, "a pause");
    await steer(school, {});
    await to_an_exercise(kiki.page);
    await stays();
  },

  "a level the teacher fixed is shown as that": async ({ school }) => {
    await steer(school, { level: "middle" });
    await kiki.page.getByText(word("level_fixed", { level: word("level_middle") })).waitFor();
    await steer(school, {});
    await button("level_easy").waitFor();
    await answer_one(kiki);
    await go_on(kiki.page);
    tell_no_secret(kiki.frames);
    await kiki.leave();
  },
};
