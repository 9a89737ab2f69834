import { expect, test } from "vitest";
import type { Segment } from "../protocol";
import { paragraphs, pieces, plain_text } from "./rich_text";

const text = (value: string): Segment => ({ kind: "text", value });
const math: Segment = { kind: "math", value: "<math><mfrac><mn>3</mn><mn>4</mn></mfrac></math>" };

test("rich text: paragraphs part at their mark, and empty ones vanish", () => {
  const mark = { kind: "paragraph", value: "" };
  expect(paragraphs([text("a"), mark, mark, text("b"), math])).toEqual([[text("a")], [text("b"), math]]);
});

test("rich text: a full stop stays with the formula before it", () => {
  expect(pieces([text("is "), math, text(". Klaar")])).toEqual([[text("is ")], [math, text(".")], [text(" Klaar")]]);
});

test("rich text: a word behind a formula is free", () => {
  expect(pieces([math, text(" taart")])).toEqual([[math], [text(" taart")]]);
});

test("rich text: a formula is spoken as its numbers", () => {
  expect(plain_text([text("Neem "), math, { kind: "line", value: "" }, text("deel")])).toBe("Neem 3/4 deel");
  const mixed = "<math><mrow><mn>1</mn><mfrac><mn>3</mn><mn>4</mn></mfrac><mo>&lt;</mo><mn>2</mn></mrow></math>";
  expect(plain_text([{ kind: "math", value: mixed }])).toBe("1 3/4<2");
});
