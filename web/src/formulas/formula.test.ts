import { expect, test } from "vitest";
import { compile_formula, formulas_of } from "./formula.js";

test("formula: a hole becomes a number with the expression in it", () => {
  expect(compile_formula("\\frac{@a@}{@b@}")).toBe("<math><mfrac><mn>@a@</mn><mn>@b@</mn></mfrac></math>");
});

test("formula: an expression is kept to the letter, escaped for XML", () => {
  expect(compile_formula("@if(a<b & c, x:2, 1)@")).toContain("<mn>@if(a&lt;b &amp; c, x:2, 1)@</mn>");
});

test("formula: nothing of temml's own style is left", () => {
  const mathml = compile_formula("\\begin{matrix}1 & 2\\\\ 3 & 4\\end{matrix}");
  expect(mathml).toContain("<mtable><mtr><mtd>");
  expect(mathml).not.toMatch(/style=|class=/);
});

test("formula: TeX that cannot be read is named", () => {
  expect(() => compile_formula("\\frc{1}{2}")).toThrow("$\\frc{1}{2}$ is not a formula");
});

test("formula: a hole that is not closed is named", () => {
  expect(() => compile_formula("\\frac{@a}{2}")).toThrow("hole");
});

test("formula: what pupils' pages cannot show is refused", () => {
  expect(() => compile_formula("\\overline{AB}")).toThrow("cannot show");
});

test("formula: every formula of a document once, wherever it stands", () => {
  const document = { body: { nl: "$a$ en $\\frac{1}{2}$", en: "$a$" }, hints: [{ nl: "geen", en: "$b$" }] };
  expect(formulas_of(document)).toEqual(["a", "\\frac{1}{2}", "b"]);
});
