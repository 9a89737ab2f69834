// Segments of a rich text, grouped and flattened.
import type { Segment } from "../protocol";

// A "paragraph" segment opens a new paragraph; empty ones are left out.
export function paragraphs(text: Segment[]): Segment[][] {
  const all: Segment[][] = [[]];
  for (const segment of text) {
    if (segment.kind === "paragraph") all.push([]);
    else all[all.length - 1].push(segment);
  }
  return all.filter((paragraph) => paragraph.length > 0);
}

// Runs that stay on one line: a formula with the full stop or bracket that belongs to it.
export function pieces(segments: Segment[]): Segment[][] {
  const all: Segment[][] = [];
  for (const segment of segments) {
    const behind_math = all.at(-1)?.at(-1)?.kind === "math" && segment.kind === "text";
    const sign = behind_math ? (/^[.,;:?!)%]+/.exec(segment.value)?.[0] ?? "") : "";
    if (sign !== "") all.at(-1)?.push({ kind: "text", value: sign });
    const rest = segment.value.slice(sign.length);
    if (rest !== "" || segment.kind === "line") all.push([{ kind: segment.kind, value: rest }]);
  }
  return all;
}

// For a title or an announcement: formulas become their numbers, e.g. "3/4".
export function plain_text(text: Segment[]): string {
  return text.map(({ kind, value }) => (kind === "math" ? plain_math(value) : (plain_break(kind) ?? value))).join("");
}

function plain_break(kind: string): string | undefined {
  return kind === "line" || kind === "paragraph" ? " " : undefined;
}

function plain_math(mathml: string): string {
  const fraction = /<mfrac>(<m[a-z]+>[^<]*<\/m[a-z]+>)(<m[a-z]+>[^<]*<\/m[a-z]+>)<\/mfrac>/g;
  const spoken = mathml.replace(fraction, (_, over, under) => ` ${over}/${under}`);
  const text = spoken
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
  return text.replace(/\s+/g, " ").trim();
}
