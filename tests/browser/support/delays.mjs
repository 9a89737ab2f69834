// How long something takes from one page to another: both moments are taken inside the pages, by one machine's clock.
// The figures are told, never judged: the machine that runs this has other work.
import { word } from "./words.mjs";

// Resolves with the moment at which the text of an element stops being `before`.
export function first_sight(locator, before) {
  return locator.evaluate(
    (element, text) =>
      new Promise((resolve) => {
        const look = () => element.innerText.trim() !== text && resolve(Date.now());
        new MutationObserver(look).observe(element, { subtree: true, childList: true, characterData: true });
        look();
      }),
    before,
  );
}

// Resolves with the moment at which a text appears anywhere on the page.
export function sight_of(page, text) {
  return page.evaluate(
    (wanted) =>
      new Promise((resolve) => {
        const look = () => document.body.innerText.includes(wanted) && resolve(Date.now());
        new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    text,
  );
}

// Resolves with the moment of the next click on (or Enter that presses) the button with this text.
export function moment_of_click(page, text = word("check")) {
  return page.evaluate(
    (name) =>
      new Promise((resolve) => {
        const hear = ({ target }) => target.closest("button")?.innerText.trim().startsWith(name) && resolve(Date.now());
        addEventListener("click", hear, true);
      }),
    text,
  );
}

export function tell_delay(what, from_ms, to_ms) {
  console.log(`  ${what}: ${to_ms - from_ms} ms`);
}
