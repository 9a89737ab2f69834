// TeX with named holes → MathML Core with the same holes. The build script (scripts/compile-formulas.mjs) and the
// author's page use this one function, so that a formula looks the same whoever compiled it. Plain JavaScript: Node
// runs it as it is.
import temml from "temml";

const ELEMENTS = new Set(
  "math mrow mfrac mn mo mi mtext mspace msup msub msqrt mstyle mtable mtr mtd mpadded".split(" "),
);
const ATTRIBUTES = new Set(
  "displaystyle scriptlevel stretchy fence form separator lspace rspace width height depth voffset linethickness".split(
    " ",
  ),
);

/** @param {string} text */
function escape_xml(text) {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/**
 * Every formula in a document, each once, in the order met. A formula is what stands between two dollar signs.
 * @param {unknown} document
 * @returns {string[]}
 */
export function formulas_of(document) {
  /** @type {Set<string>} */
  const found = new Set();
  collect(document, found);
  return [...found];
}

/**
 * @param {unknown} value
 * @param {Set<string>} found
 */
function collect(value, found) {
  if (typeof value === "string") {
    for (const match of value.matchAll(/\$([^$]+)\$/g)) found.add(match[1]);
  } else if (value !== null && typeof value === "object") {
    for (const part of Object.values(value)) collect(part, found);
  }
}

/**
 * Throws an Error with a sentence for the author when the TeX cannot be read.
 * @param {string} tex
 * @returns {string} one math element; a hole is <mn>@expression@</mn>
 */
export function compile_formula(tex) {
  /** @type {string[]} */
  const holes = [];
  // A hole's expression is not TeX (it may hold < or ^), so TeX sees a word in its place.
  const marked = tex.replace(/@([^@]+)@/g, (_, expression) => `{\\text{HOLE${holes.push(expression) - 1}X}}`);
  if (marked.includes("@")) throw new Error(`A hole is not closed in $${tex}$.`);
  const mathml = strip(render(marked, tex), tex);
  return mathml.replace(
    /<mtext>HOLE(\d+)X<\/mtext>/g,
    (_, index) => `<mn>@${escape_xml(holes[Number(index)])}@</mn>`,
  );
}

/**
 * @param {string} marked
 * @param {string} tex
 */
function render(marked, tex) {
  try {
    return temml.renderToString(marked, { throwOnError: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0].trim() : String(error);
    throw new Error(`$${tex}$ is not a formula: ${reason}`);
  }
}

/**
 * Keeps MathML Core and leaves out what only serves temml's own style sheet.
 * @param {string} mathml
 * @param {string} tex
 */
function strip(mathml, tex) {
  return mathml.replace(/<(\/?)([a-z]+)([^>]*)>/g, (_, slash, name, attributes) => {
    if (!ELEMENTS.has(name)) throw new Error(`$${tex}$ needs <${name}>, which exercises cannot show.`);
    const kept = [...attributes.matchAll(/([a-z-]+)="([^"]*)"/g)].filter(([, key]) => ATTRIBUTES.has(key));
    return `<${slash}${name}${kept.map(([text]) => ` ${text}`).join("")}>`;
  });
}
