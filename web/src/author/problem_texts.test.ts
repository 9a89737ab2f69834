import { beforeAll, expect, test, vi } from "vitest";
import { MemoryStorage } from "../test_support";

let problem_text: (typeof import("./problem_texts"))["problem_text"];

// The page's language looks for a browser when it is loaded.
beforeAll(async () => {
  vi.stubGlobal("localStorage", new MemoryStorage());
  vi.stubGlobal("navigator", { languages: ["nl"] });
  vi.stubGlobal("document", { documentElement: {} });
  ({ problem_text } = await import("./problem_texts"));
}, 60_000);

test("problem texts: a common problem is told in the language of the page", () => {
  expect(problem_text('The field "value" is missing: add it.')).toEqual({
    text: "“value” ontbreekt nog: vul het in.",
    lang: "nl",
  });
  expect(problem_text("The list needs 2 to 8 entries; it has 1.").text).toBe("Hier horen 2 tot 8 regels.");
});

test("problem texts: an unknown problem is shown as it came", () => {
  expect(problem_text("Every row of a table needs equally many cells.")).toEqual({
    text: "Every row of a table needs equally many cells.",
    lang: "en",
  });
});
