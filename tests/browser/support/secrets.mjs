// What may reach a pupil's page, member by member. Keys, solutions and feedback travel only in the reply to the answer
// they belong to; a hint only when it was asked for.
import assert from "node:assert/strict";

const text = [{ kind: 1, value: 1 }];
const plain = (names) => Object.fromEntries(names.split(" ").map((name) => [name, 1]));
const figure = {
  ...plain("type alt parts shaded rows columns ticks groups each from to mark labels"),
  tick_labels: [1],
  table: [{ label: 1, cells: [1] }],
};
const exercise = {
  body: text,
  figure,
  form: { type: 1, options: [{ text, figure }], unit: 1, before: 1, simplest: 1 },
  hints: 1,
};
const video = {
  ...plain("id title seconds poster position_s watched"),
  sources: [plain("url mime")],
  captions: [plain("language url")],
  chapters: [plain("at_s title")],
};
const reason = plain("code topic predicted target mastery probability candidates");
const placement = plain("given least most subject");
const step = {
  ...plain("number id kind topic lesson_date level level_fixed may_put_aside"),
  reason,
  exercise,
  video,
  placement,
};
const feedback = { right: 1, message: text, correct_answer: text, solution: text };
const standing = plain("topic title goal domain stage finished finished_higher closed_early wants_refreshing mastery answers video");

const MESSAGES = {
  "pupil-welcome": { ...plain("name class_name demo number lost answers_today"), step },
  "step-judged": {
    ...plain("number stage_before stage_after topic_news rapid suspect placement_ended answers_today"),
    feedback,
    next: step,
  },
  "step-offered": { step },
  "hint-given": { number: 1, text, left: 1 },
  "standings-shown": { topics: [standing] },
  "video-shown": { video },
  noted: {},
  refused: { code: 1, detail: 1 },
};

function conforms(value, shape, place) {
  if (shape === 1) return assert.notEqual(typeof value, "object", `${place} holds more than a plain value`);
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
    if (content.feedback !== undefined) assert.ok(answered.has(content.number), "feedback came before the answer");
  }
  return answered.size;
}
