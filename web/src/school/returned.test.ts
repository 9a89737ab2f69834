import { expect, test } from "vitest";
import { ending_of, returned } from "./returned";

test("the way back names its door, its code and its state", () => {
  expect(returned("?code=c-1&state=teacher.abc")).toEqual({ door: "/teacher", code: "c-1", state: "teacher.abc" });
});

test("a door that is none leads to the front, and never to another site", () => {
  for (const state of ["", "pupil.x", "//evil.example.x", "..", "https:.x", "constructor.x"])
    expect(returned(`?code=c&state=${encodeURIComponent(state)}`).door).toBe("/");
});

test("who comes back with an error has no code", () => {
  expect(returned("?error=access_denied&state=admin.x").code).toBe("");
  expect(returned("?error=access_denied&code=c&state=admin.x")).toEqual({ door: "/admin", code: "", state: "admin.x" });
  expect(returned("").code).toBe("");
});

test("each refusal has its own kind words", () => {
  const codes = ["forbidden", "conflict", "not-found", "unavailable", "invalid"];
  expect(new Set(codes.map(ending_of)).size).toBe(codes.length);
  expect(ending_of("something-new")).toBe("not-trusted");
});
