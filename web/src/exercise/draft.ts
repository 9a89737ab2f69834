// What is being filled in, before it is an answer. Spaces around what is typed mean nothing; everything else is the
// server's to read.
import type { Answer, AnswerForm } from "../protocol";

export interface Draft {
  text: string;
  whole: string;
  numerator: string;
  denominator: string;
  chosen: number[];
}

// An ordering starts in the order shown.
export function empty_draft(form: AnswerForm): Draft {
  const chosen = form.type === "ordering" ? form.options.map((_, index) => index) : [];
  return { text: "", whole: "", numerator: "", denominator: "", chosen };
}

// null: not filled in yet.
export function assemble(form: AnswerForm, draft: Draft): Answer | null {
  switch (form.type) {
    case "fraction":
    case "mixed":
      return text_answer(fraction_text(form.type === "mixed", draft));
    case "single":
    case "multiple":
      return draft.chosen.length === 0 ? null : { chosen: [...draft.chosen].sort((a, b) => a - b) };
    case "ordering":
      return { chosen: [...draft.chosen] };
    default:
      return text_answer(draft.text);
  }
}

function text_answer(text: string): Answer | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : { text: trimmed };
}

// "3/4", "1 3/4", or a whole number alone: "2". Half a fraction is nothing yet.
function fraction_text(mixed: boolean, draft: Draft): string {
  const [whole, over, under] = [mixed ? draft.whole : "", draft.numerator, draft.denominator].map((part) =>
    part.trim(),
  );
  if (over === "" && under === "") return whole;
  if (over === "" || under === "") return "";
  return `${whole} ${over}/${under}`.trim();
}

// The options after option `index` was chosen (or taken back).
export function toggled(chosen: number[], index: number): number[] {
  return chosen.includes(index) ? chosen.filter((other) => other !== index) : [...chosen, index];
}

// The order after the entry at `from` went to `to`; out of range stays where it is.
export function moved(order: number[], from: number, to: number): number[] {
  if (to < 0 || to >= order.length) return order;
  const next = [...order];
  next.splice(to, 0, ...next.splice(from, 1));
  return next;
}

// Keys 1–9 and A–F name the options; -1 for any other key.
export function option_of_key(key: string): number {
  if (/^[1-9]$/.test(key)) return Number(key) - 1;
  return /^[a-f]$/i.test(key) ? key.toLowerCase().charCodeAt(0) - 97 : -1;
}
