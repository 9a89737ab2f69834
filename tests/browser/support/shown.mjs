// Which hostile texts were read as plain words, field by field; and that none of them became part of a page.
import assert from "node:assert/strict";

const ENOUGH = 150;
const FOREIGN = "iframe, frame, object, embed, base, marquee, portal, form[action], [formaction], [srcdoc]";

export class Shown {
  #read = {}; // field: the texts read in it

  constructor(texts) {
    this.texts = texts;
  }

  // fields: where each field stands on this page, as a selector; "selector@attribute" for what only assistive
  // technology reads.
  async look(page, fields) {
    const { found, strange } = await page.evaluate(
      ([texts, places, foreign]) => {
        const bare = (text) => text.replace(/\s+/g, "");
        const words_of = (place) => {
          const [selector, attribute] = place.split("@");
          const each = (element) => (attribute ? element.getAttribute(attribute) : element.textContent) ?? "";
          return bare([...document.querySelectorAll(selector)].map(each).join("\n"));
        };
        const read_in = (words) => texts.filter((text) => words.includes(bare(text)));
        const found = Object.entries(places).map(([field, place]) => [field, read_in(words_of(place))]);
        const handles = ({ attributes }) => [...attributes].some(({ name }) => name.startsWith("on"));
        const leads_to_script = (element) => /^\s*(java|vb)script:|^\s*data:text/i.test(element.getAttribute("href") ?? "");
        const is_strange = (element) => element.matches(foreign) || handles(element) || leads_to_script(element);
        const strange = [...document.querySelectorAll("*")].filter(is_strange);
        return { found, strange: strange.map(({ outerHTML }) => outerHTML.slice(0, 120)) };
      },
      [this.texts, fields, FOREIGN],
    );
    assert.deepEqual(strange, [], `on ${page.url()}`);
    for (const [field, texts] of found) for (const text of texts) (this.#read[field] ??= new Set()).add(text);
  }

  has_enough(...fields) {
    return fields.every((field) => this.#count(field) >= ENOUGH);
  }

  is_enough(...fields) {
    const told = fields.map((field) => `${field} ${this.#count(field)}`).join(", ");
    assert.ok(this.has_enough(...fields), `fewer than ${ENOUGH} were read: ${told}`);
  }

  #count(field) {
    return this.#read[field]?.size ?? 0;
  }
}
