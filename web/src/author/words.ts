// Word lists as rows of a form: the words stand behind commas.
import type { ItemDocument } from "./item_document";

export interface WordRow {
  name: string;
  nl: string;
  en: string;
}

export function word_rows(words: ItemDocument["words"]): WordRow[] {
  return Object.entries(words ?? {}).map(([name, { nl, en }]) => ({ name, nl: nl.join(", "), en: en.join(", ") }));
}

function split(text: string): string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

// A row without a name is not written yet.
export function words_of(rows: WordRow[]): ItemDocument["words"] {
  const named = rows.filter(({ name }) => name.trim() !== "");
  return Object.fromEntries(named.map(({ name, nl, en }) => [name.trim(), { nl: split(nl), en: split(en) }]));
}
