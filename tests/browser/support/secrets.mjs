// What may reach a pupil's page, member by member. Keys, solutions and feedback travel only in the reply to the answer they
// belong to; a hint only when it was asked for.
import assert from "node:assert/strict";

const text = [{ kind: 1, value: 1 }];
const figure = {
  type: 1, alt: 1, parts: 1, shaded: 1, rows: 1, columns: 1, ticks: 1, groups: 1, each: 1, from: 1, to: 1, mark: 1, labels: 1,
  tick_labels: [1], table: [{ label: 1, cells: [1] }],
};
const exercise = {
  body: text,
  figure,
  form: { type: 1, options: [{ text, figure }], unit: 1, before: 1, simplest: 1 },
  hints: 1,
};
const video = {
  id: 1, title: 1, seconds: 1, sources: [{ url: 1, mime: 1 }], poster: 1, captions: [{ language: 1, url: 1 }],
  chapters: [{ at_s: 1, title: 1 }], position_s: 1, watched: 1,
};
const reason = { code: 1, topic: 1, predicted: 1, target: 1, mastery: 1, probability: 1, candidates: 1 };
const step = { number: 1, id: 1, kind: 1, topic: 1, reason, exercise, video, lesson_date: 1 };
const feedback = { right: 1, message: text, correct_answer: text, solution: text };
const standing = { topic: 1, title: 1, goal: 1, domain: 1, stage: 1, mastery: 1, answers: 1, video: 1 };

const MESSAGES = {
  "pupil-welcome": { name: 1, class_name: 1, demo: 1, number: 1, lost: 1, answers_today: 1, step },
  "step-judged": { number: 1, feedback, stage_before: 1, stage_after: 1, answers_today: 1, next: step },
  "hint-given": { number: 1, text, left: 1 },
  "standings-shown": { topics: [standing] },
  "video-shown": { video },
  noted: {},
  refused: { code: 1, detail: 1 },
};

function conforms(value, shape, place) {
  if (shape === 1) return assert.ok(value === null || typeof value !== "object", `${place} holds more than a plain value`);
  if (Array.isArray(shape)) return value.forEach((each, index) => conforms(each, shape[0], `${place}[${index}]`));
  for (const [name, member] of Object.entries(value)) {
    assert.ok(name in shape, `${place}.${name} must not reach a pupil`);
    conforms(member, shape[name], `${place}.${name}`);
  }
}

// frames as Visitor notes them, in order of time. Returns how many judged answers were looked at.
export function tell_no_secret(frames) {
  const answered = new Set();
  let hints_asked = 0;
  for (const { from, message } of frames) {
    if (from === "page") {
      if (message.type === "submit-answer") answered.add(message.number);
      if (message.type === "take-hint") hints_asked += 1;
      continue;
    }
    const { type, request, ...content } = message;
    assert.ok(type in MESSAGES, `a pupil must not receive ${type}`);
    conforms(content, MESSAGES[type], type);
    if (type === "hint-given") assert.ok(--hints_asked >= 0, "a hint that nobody asked for");
    if (content.feedback !== undefined) assert.ok(answered.has(content.number), `feedback on ${content.number} before its answer`);
  }
  return answered.size;
}
