import { expect, test } from "vitest";
import { MemoryStorage } from "../test_support";
import { GivenAnswers } from "./given_answers";

const given = (number: number) => ({
  request: `r${number}`,
  number,
  step: `s${number}`,
  elapsed_ms: 10,
  answer: { text: "1" },
});

test("given answers: survive the closing of the page", () => {
  const storage = new MemoryStorage();
  const first = new GivenAnswers("noor", storage);
  first.add(given(1));
  first.acknowledge(1);
  const second = new GivenAnswers("noor", storage);
  expect(second.last_number).toBe(1);
  expect(second.after(0)).toEqual([given(1)]);
});

test("given answers: two pupils of one device do not mix", () => {
  const storage = new MemoryStorage();
  new GivenAnswers("noor", storage).acknowledge(7);
  expect(new GivenAnswers("sem", storage).last_number).toBe(0);
});

test("given answers: the last two hundred are kept", () => {
  const answers = new GivenAnswers("noor", new MemoryStorage());
  for (let number = 1; number <= 250; ++number) answers.add(given(number));
  expect(answers.after(0)).toHaveLength(200);
  expect(answers.after(0)[0].number).toBe(51);
});

test("given answers: a broken note is an empty one", () => {
  const storage = new MemoryStorage();
  storage.setItem("trede.given.noor", "{not json");
  expect(new GivenAnswers("noor", storage).after(0)).toEqual([]);
});
