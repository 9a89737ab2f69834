import { expect, test } from "vitest";
import { pictures_of, pin_pictures } from "./pictures";

test("every digit has one picture, and each has a name of its own", () => {
  expect(pin_pictures.map(({ digit }) => digit).join("")).toBe("0123456789");
  expect(new Set(pin_pictures.map(({ name }) => name())).size).toBe(10);
});

test("a PIN is shown as its pictures in order, twice the same if a digit comes twice", () => {
  expect(pictures_of("2468").map(({ digit }) => digit)).toEqual(["2", "4", "6", "8"]);
  expect(pictures_of("0070").map(({ digit }) => digit)).toEqual(["0", "0", "7", "0"]);
});

test("a secret that is no PIN has no pictures", () => {
  expect(pictures_of("pin-71")).toEqual([]);
  expect(pictures_of("")).toEqual([]);
});
