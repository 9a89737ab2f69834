import { expect, test } from "vitest";
import type { ItemRow } from "../protocol";
import { compile_formulas } from "./compiled_formulas";
import { filtered, ordered, type Order } from "./content_filter";
import { lines_of, new_item, read_item, text_in, with_answer_type, with_text_in, written } from "./item_document";
import { path_of, problems_at } from "./problems";
import { is_vtt, media_url, new_video, read_video, seconds_of, written_video } from "./video_document";
import { word_rows, words_of } from "./words";

const pair = (nl: string, en: string) => ({ nl, en });

test("item: what the form leaves open is not written", () => {
  const item = { ...new_item("breuken", "number"), id: "taart", mistakes: [], require: [] };
  item.answer.unit = pair("", "");
  const document = JSON.parse(written(item));
  expect(Object.keys(document)).toEqual(["id", "topic", "step", "body", "answer", "hints", "solution"]);
  expect(document.answer).toEqual({ type: "number" });
});

test("item: an empty hint keeps its place, so that a problem with it can be shown there", () => {
  const item = { ...new_item("breuken", "number"), hints: [pair("", ""), pair("b", "b")] };
  expect(JSON.parse(written(item)).hints).toEqual([pair("", ""), pair("b", "b")]);
});

test("item: members the form does not know come back as they were", () => {
  const text =
    '{"id": "x", "also": {"schaal": 0.3}, "answer": {"type": "text", "accept": {"nl": ["half"], "en": ["half"]}}}';
  const item = read_item(text);
  expect(item).not.toBeNull();
  const document = JSON.parse(written(item!));
  expect(document.also).toEqual({ schaal: 0.3 });
  expect(document.answer).toEqual({ type: "text", accept: { nl: ["half"], en: ["half"] } });
});

test("item: JSON that is no item is not taken", () => {
  expect(read_item("{")).toBeNull();
  expect(read_item("[1]")).toBeNull();
  expect(read_item('{"id": 3}')).toBeNull();
});

test("item: a number that becomes a fraction keeps its value and loses its unit", () => {
  const item = new_item("breuken", "number");
  item.answer = { type: "number", value: "a/b", unit: pair("m", "m") };
  expect(with_answer_type(item, "fraction").answer).toEqual({ type: "fraction", value: "a/b" });
});

test("item: a choice has options and no mistakes", () => {
  const item = { ...new_item("breuken", "number"), mistakes: [{ value: "1", feedback: pair("a", "b") }] };
  const choice = with_answer_type(item, "single");
  expect(choice.answer.options).toHaveLength(2);
  expect(choice.mistakes).toBeUndefined();
});

test("item: a text for both languages splits when one of them changes", () => {
  expect(text_in("3/4", "en")).toBe("3/4");
  expect(with_text_in("3/4", "nl", "driekwart")).toEqual(pair("driekwart", "3/4"));
});

test("item: one expression a line, empty lines aside", () => {
  expect(lines_of(" a = 1 \n\n b = 2\n")).toEqual(["a = 1", "b = 2"]);
});

test("problems: shown at their field and what is in it, not at its neighbour", () => {
  const problems = ["hints[1].nl", "hints[10]", "hints[1]"].map((field) => ({ field, message: "" }));
  expect(problems_at(problems, "hints[1]").map(({ field }) => field)).toEqual(["hints[1].nl", "hints[1]"]);
});

test("problems: a formula is found back in the document", () => {
  expect(path_of({ hints: [pair("a", "b"), pair("c $x$", "")] }, "$x$")).toBe("hints[1].nl");
  expect(path_of({ body: "" }, "$x$")).toBe("");
});

test("formulas: the good ones compile, a bad one is a problem at its field", async () => {
  const compiled = await compile_formulas({ body: pair("$\\frac{@a@}{2}$", "$\\frc{1}$") });
  expect(compiled.formulas.map(({ tex }) => tex)).toEqual(["\\frac{@a@}{2}"]);
  expect(compiled.problems.map(({ field }) => field)).toEqual(["body.en"]);
});

const row = (id: string, preview: string, given: Partial<ItemRow> = {}): ItemRow => ({
  id,
  topic: "breuken",
  type: "number",
  preview,
  difficulty: 0,
  status: "active",
  enrichment: false,
  answers: 0,
  right_share: 0,
  right_low: 0,
  right_high: 1,
  predicted_share: 0,
  exposure: 0,
  reports: 0,
  ...given,
});

test("filter: every word must be there, in the name or the text", () => {
  const items = [row("taart-eten", "Noor eet taart"), row("pizza", "Sem eet pizza")];
  expect(filtered(items, { text: "EET taart", topic: "", type: "" }).map(({ id }) => id)).toEqual(["taart-eten"]);
  expect(filtered(items, { text: "", topic: "schaal", type: "" })).toEqual([]);
});

test("order: an item far from what was predicted comes first, one within its interval stays", () => {
  const items = [
    row("as-told", "", { answers: 40, right_low: 0.6, right_high: 0.8, predicted_share: 0.75, exposure: 0.3 }),
    row("far", "", { answers: 40, right_low: 0.1, right_high: 0.3, predicted_share: 0.75, reports: 2 }),
    row("untried", ""),
  ];
  const ids = (order: Order) => ordered(items, order).map(({ id }) => id);
  expect(ids("bank")).toEqual(["as-told", "far", "untried"]);
  expect(ids("surprise")).toEqual(["far", "as-told", "untried"]);
  expect(ids("exposure")[0]).toBe("as-told");
  expect(ids("reports")[0]).toBe("far");
});

test("words: lists with commas, both ways", () => {
  const words = { taart: { nl: ["taart", "pizza"], en: ["cake", "pizza"] } };
  expect(words_of(word_rows(words))).toEqual(words);
  expect(words_of([{ name: " ", nl: "a", en: "b" }])).toEqual({});
});

test("video: chapters are written in the order of time", () => {
  const video = {
    ...new_video("breuken", "Mila"),
    chapters: [20, 0].map((at_s) => ({ at_s, title: pair("a", "b") })),
  };
  expect(read_video(written_video(video))?.chapters.map(({ at_s }) => at_s)).toEqual([0, 20]);
});

test("video: uploads are named by their content, the bank's files lie beside the document", () => {
  const video = { ...new_video("breuken", ""), id: "taart" };
  expect(media_url(video, "video.webm")).toBe("/media/videos/taart/video.webm");
  const upload = `${"a1".repeat(32)}.webm`;
  expect(media_url(video, upload)).toBe(`/media/${upload}`);
});

test("video: captions are WebVTT with at least one cue", () => {
  expect(is_vtt("WEBVTT\n\n00:00.000 --> 00:04.000\nHoi\n")).toBe(true);
  expect(is_vtt("1\n00:00:00,000 --> 00:00:04,000\nHoi\n")).toBe(false);
  expect(is_vtt("WEBVTT\n")).toBe(false);
});

test("video: a moment as minutes and seconds or as seconds", () => {
  expect(["1:20", "80", "0:05.5"].map(seconds_of)).toEqual([80, 80, 5.5]);
  expect(seconds_of("later")).toBeNaN();
  expect(seconds_of("")).toBeNaN();
});
