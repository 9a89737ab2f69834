// A phone, a page zoomed to twice its size, and somebody who wants no movement.
import { fits_the_width, is_accessible, is_calm } from "./support/house_rules.mjs";
import { member_of_staff, pupil } from "./support/people.mjs";
import { answer_one, demo, fill_in, go_on, submit, to_an_exercise } from "./support/pupil_desk.mjs";
import { word } from "./support/words.mjs";

const PHONE = { width: 320, height: 640, hasTouch: true, isMobile: true };
const ZOOMED = { width: 640, height: 400, deviceScaleFactor: 2 }; // 1280 × 800 at 200 %
const FEW = 4;

async function practises(visitor, screen) {
  const { page } = visitor;
  for (let answers = 0; answers < FEW; ++answers) {
    await to_an_exercise(page);
    await fits_the_width(page, `an exercise ${screen}`);
    await fill_in(page);
    await submit(visitor);
    await fits_the_width(page, `feedback ${screen}`);
    if (answers === 0) await is_accessible(page, `feedback ${screen}`);
    await go_on(page);
  }
  await page.getByRole("link", { name: word("where_i_stand") }).click();
  await page.locator("li.topic").first().waitFor();
  await fits_the_width(page, `where I stand ${screen}`);
  await page.getByRole("button", { name: new RegExp(word("watch_video")) }).first().click();
  await page.locator("video").waitFor();
  await fits_the_width(page, `a video ${screen}`);
}

export const steps = {
  "practising fits a phone of 320 px": async (world) => {
    const visitor = await pupil(world, "Amira", PHONE);
    await practises(visitor, "on a phone");
    await visitor.leave();
  },

  "practising fits a page at 200 %": async (world) => {
    const visitor = await pupil(world, "Bram", ZOOMED);
    await practises(visitor, "at 200 %");
    await visitor.leave();
  },

  "the front page and the staff's pages fit as well": async (world) => {
    for (const screen of [PHONE, ZOOMED]) {
      const width = `at ${screen.width} px`;
      const newcomer = await world.arrive(screen);
      await newcomer.page.getByRole("heading", { level: 1 }).waitFor();
      await fits_the_width(newcomer.page, `the front page ${width}`);
      await newcomer.leave();
      const teacher = await member_of_staff(world, "/teacher/", demo.teacher, screen);
      await teacher.page.locator("tbody tr").first().waitFor();
      await fits_the_width(teacher.page, `the class ${width}`);
      await teacher.leave();
      const author = await member_of_staff(world, "/author/", demo.author, screen);
      await author.page.locator(".rows li").first().waitFor();
      await fits_the_width(author.page, `the bank ${width}`);
      await author.leave();
    }
  },

  "nothing moves for who asked for no movement": async (world) => {
    const visitor = await pupil(world, "Chidi", { reducedMotion: "reduce" });
    for (let answers = 0; answers < FEW; ++answers) {
      await answer_one(visitor);
      await is_calm(visitor.page, "feedback");
      await go_on(visitor.page);
    }
    await visitor.leave();
  },
};
