// An item as its author writes it (docs/CONTENT.md), and what the form needs to do with it. The server judges it;
// what the form does not know is kept as it is.
import type { Language } from "../protocol";

// A plain string reads the same in both languages.
export type Localised = string | { nl: string; en: string };

export interface OptionDocument {
  text: Localised;
  correct?: boolean;
  value?: string;
  feedback?: Localised;
  [other: string]: unknown;
}

export interface AnswerDocument {
  type: string;
  value?: string;
  unit?: Localised;
  before?: Localised;
  tolerance?: string;
  form?: string;
  wrong?: Localised;
  options?: OptionDocument[];
  shuffle?: boolean;
  [other: string]: unknown;
}

export interface MistakeDocument {
  value?: string;
  feedback: Localised;
  [other: string]: unknown;
}

export interface FigureDocument {
  type: string;
  alt: Localised;
  [number: string]: unknown;
}

export interface ItemDocument {
  id: string;
  topic: string;
  step?: number;
  draw?: string[];
  require?: string[];
  words?: Record<string, { nl: string[]; en: string[] }>;
  body: Localised;
  figure?: FigureDocument;
  answer: AnswerDocument;
  solve?: string;
  mistakes?: MistakeDocument[];
  hints: Localised[];
  solution: Localised;
  minutes?: number;
  status?: string; // absent = active
  enrichment?: boolean;
  [other: string]: unknown;
}

export const ANSWER_TYPES = ["number", "fraction", "single", "multiple", "text", "ordering"] as const;
export const STEPS = [-1, -0.5, 0, 0.5, 1];

// The order in which a person reads an item; other members follow.
const ORDER = [
  ...["id", "topic", "also", "step", "draw", "require", "words", "body", "figure", "answer", "solve", "mistakes"],
  ...["hints", "solution", "minutes", "discrimination", "status", "enrichment", "author", "source", "licence"],
];

const empty = (): Localised => ({ nl: "", en: "" });

export function new_answer(type: string): AnswerDocument {
  if (type === "single" || type === "multiple") {
    return {
      type,
      options: [
        { text: empty(), correct: true },
        { text: empty(), feedback: empty() },
      ],
    };
  }
  if (type === "text") return { type, accept: { nl: [""], en: [""] } };
  if (type === "ordering") return { type, entries: [{ text: empty() }, { text: empty() }] };
  return { type, value: "" };
}

export function new_item(topic: string, type: string): ItemDocument {
  return {
    id: "",
    topic,
    step: 0,
    draw: [],
    body: empty(),
    answer: new_answer(type),
    hints: [empty()],
    solution: empty(),
  };
}

// A choice keeps its feedback at the options, so the mistakes go when the type becomes one.
export function with_answer_type(item: ItemDocument, type: string): ItemDocument {
  const both_choices = [type, item.answer.type].every((name) => name === "single" || name === "multiple");
  const both_values = [type, item.answer.type].every((name) => name === "number" || name === "fraction");
  const answer = both_choices || both_values ? { ...item.answer, type } : new_answer(type);
  if (type === "fraction") for (const name of ["unit", "before", "tolerance"]) delete answer[name];
  if (type === "number") delete answer.form;
  return { ...item, answer, mistakes: both_values ? item.mistakes : undefined };
}

export function text_in(text: Localised | undefined, language: Language): string {
  return typeof text === "string" ? text : (text?.[language] ?? "");
}

export function with_text_in(text: Localised | undefined, language: Language, value: string): Localised {
  return { nl: text_in(text, "nl"), en: text_in(text, "en"), [language]: value };
}

// "One line each", as the form shows draws and conditions.
export function lines_of(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function is_empty(value: unknown): boolean {
  if (value === undefined || value === "" || (Array.isArray(value) && value.length === 0)) return true;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return false;
  const members = Object.values(value);
  return members.length === 0 || members.every((member) => member === "");
}

// Members left open in the form are not written. What stands in a list stays, so that a problem's place remains its
// place.
function without_empty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without_empty);
  if (value === null || typeof value !== "object" || is_pair(value)) return value;
  const kept = Object.entries(value).filter(
    ([name, member]) => name === "body" || name === "solution" || !is_empty(member),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, without_empty(member)]));
}

function is_pair(value: object): boolean {
  return "nl" in value && "en" in value;
}

// The document as it goes to the server and into the repository.
export function written(item: ItemDocument): string {
  const kept = without_empty(item) as Record<string, unknown>;
  const names = [
    ...ORDER.filter((name) => name in kept),
    ...Object.keys(kept).filter((name) => !ORDER.includes(name)),
  ];
  return `${JSON.stringify(Object.fromEntries(names.map((name) => [name, kept[name]])), null, 2)}\n`;
}

// null: not (yet) an item.
export function read_item(text: string): ItemDocument | null {
  try {
    const value = JSON.parse(text);
    const usable = typeof value?.answer?.type === "string" && typeof value.id === "string";
    return usable ? { hints: [], body: "", solution: "", topic: "", ...value } : null;
  } catch {
    return null;
  }
}
