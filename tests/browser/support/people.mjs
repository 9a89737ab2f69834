// The people who stay on from one scenario to the next; a scenario run alone brings its own.
import { demo, sign_in_pupil, sign_in_staff, step_kind } from "./pupil_desk.mjs";

export async function the_guest(world) {
  world.people.guest ??= await pupil(world, "Gast");
  return world.people.guest;
}

export async function the_teacher(world) {
  world.people.teacher ??= await member_of_staff(world, "/teacher/", demo.teacher);
  return world.people.teacher;
}

export async function pupil(world, name, options = {}) {
  const visitor = await world.arrive({ path: "/pupil/", ...options });
  await sign_in_pupil(visitor.page, name);
  await step_kind(visitor.page);
  return visitor;
}

export async function member_of_staff(world, path, name, options = {}) {
  const visitor = await world.arrive({ path, ...options });
  await sign_in_staff(visitor.page, name);
  await visitor.page.locator("header .who").waitFor();
  return visitor;
}
