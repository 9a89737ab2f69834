// The server's problems in the language of the page. It writes plain English; the common ones are known here, the
// others are shown as they came.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { Language } from "../protocol";

type Telling = (one: string, two: string) => string;

const KNOWN: [RegExp, Telling][] = [
  [/^The text is empty/, () => m.problem_empty()],
  [/^The field "(.+)" is missing/, (name) => m.problem_missing({ name })],
  [/^"(.*)" is no id/, () => m.problem_no_id()],
  [/^The expression cannot be read: (.+?)\.?$/, (reason) => m.problem_expression({ reason })],
  [/^The key depends on draws/, () => m.problem_solve()],
  [/^No option is correct/, () => m.problem_no_correct()],
  [/^A single choice has one correct/, () => m.problem_two_correct()],
  [/^A draw is written/, () => m.problem_draw()],
  [/^The name "(.+)" is used twice/, (name) => m.problem_name_twice({ name })],
  [/^"(.+)" is a word of the language/, (name) => m.problem_reserved({ name })],
  [/^The lists in nl and en/, () => m.problem_words()],
  [/^A text with letters needs both/, () => m.problem_both_languages()],
  [/^The number must lie between (.+) and (.+?)\.$/, (least, most) => m.problem_range({ least, most })],
  [/^The list needs (\d+) to (\d+)/, (fewest, most) => m.problem_list({ fewest, most })],
  [/^The chapters must be in the order/, () => m.problem_chapters()],
];

export function problem_text(message: string): { text: string; lang: Language } {
  for (const [pattern, tell] of KNOWN) {
    const match = pattern.exec(message);
    if (match !== null) return { text: tell(match[1] ?? "", match[2] ?? ""), lang: language.current };
  }
  return { text: message, lang: "en" };
}
