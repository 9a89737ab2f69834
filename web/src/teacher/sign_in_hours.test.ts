import { expect, test } from "vitest";
import { clock_text, minutes_in } from "./sign_in_hours";

test("hours come back as they were written", () => {
  for (const minutes of [0, 420, 1260, 1438, 1440]) expect(minutes_in(clock_text(minutes))).toBe(minutes);
  expect(clock_text(425)).toBe("07:05");
});
