import { expect, test } from "vitest";
import { actions_for, alert_sentence, alert_why, cards_of } from "./alerts";
import { beliefs_of, chart_of, HEIGHT, high, low, WIDTH } from "./ability_chart";
import { percent, share_text } from "./belief";
import { certainty_of, level_of, trend_of } from "./levels";
import { answers_between, changed_topics, merged, sorted_lessons } from "./changes";
import { help_sign } from "./help";
import { moved_to, pairs_of, shaped_from_proposal, sizes_fit, still_valid, to_keep, usual_sizes } from "./groups";
import { busiest_moment } from "./lesson";
import { ALL, bands_of, columns_of, IN_PLAY, in_order } from "./matrix";
import { readiness_of } from "./readiness";
import { why_rows } from "./reasons";
import { moved } from "./roving";
import { is_same_page, lesson_link, parse_route, plan_link, pupil_link, topic_link } from "./route";
import { alert, cell, entry, pupil, question, topic } from "./test_rows";
import { fit_of, is_nothing, lines_of, NOTHING, with_blocked, with_must_do } from "./steering";
import { is_quiet, workplaces } from "./working";

test("a level needs answers, but mastery may be known from other topics", () => {
  const levels = [0.1, 0.5, 0.8, 0.99].map((mastery) => level_of({ mastery, answers: 3 }));
  expect(levels).toEqual([1, 2, 3, 4]);
  expect(level_of({ mastery: 0.8, answers: 0 })).toBe(0);
  expect(level_of({ mastery: 0.99, answers: 0 })).toBe(4);
});

test("certainty falls with the standard deviation, and small trends are no trend", () => {
  expect([0.3, 0.5, 0.9].map(certainty_of)).toEqual(["sure", "fairly", "little"]);
  expect([0.4, 0.1, -0.4].map((trend) => trend_of({ trend, answers: 9 }))).toEqual(["up", "level", "down"]);
  expect(trend_of({ trend: 0.4, answers: 0 })).toBe("level");
});

test("a belief is never shown as certain, a share may be", () => {
  const plain = (text: string) => text.replaceAll("\u00a0", " ");
  expect([0, 0.743, 1].map(percent).map(plain)).toEqual(["1 %", "74 %", "99 %"]);
  expect([0, 0.0002, 1].map(share_text).map(plain)).toEqual(["0 %", "< 1 %", "100 %"]);
});

test("why an exercise was chosen leaves out what does not apply", () => {
  const exercise = why_rows(entry(1, { reason: { ...entry(1).reason, topic: "Schaal" } }));
  expect(exercise.map(({ value }) => value.replaceAll("\u00a0", " "))).toEqual([
    "30 %",
    "75 %",
    "70 %",
    "goed",
    "9",
    "10 %",
    "0,00 ± 0,50 logits",
  ]);
  expect(why_rows(entry(1, { kind: "video", sd_after: 0 }))).toHaveLength(2);
});

test("who does not fit a week is counted before it is set", () => {
  const rows = [
    pupil(1, { cells: [cell(), cell({ mastery: 0.99 }), cell({ ready: 0.2 })] }),
    pupil(2, { cells: [cell(), cell({ mastery: 0.2 }), cell({ ready: 0.9 })] }),
  ];
  expect(fit_of([], topics, rows)).toEqual({ not_ready: 0, done: 0, without_items: false });
  expect(fit_of(["komma"], topics, rows)).toEqual({ not_ready: 0, done: 1, without_items: false });
  expect(fit_of(["optellen"], topics, rows).not_ready).toBe(1);
  expect(fit_of(["optellen", "kwart"], topics, rows).not_ready).toBe(0);
  expect(fit_of(["kwart"], [topic("kwart", { items: 0 })], rows).without_items).toBe(true);
});

test("what is in force is said in one line each", () => {
  const steering = { ...NOTHING, topics: ["kwart"], until: "2026-03-06", blocked_items: ["a", "b"] };
  expect(is_nothing(NOTHING)).toBe(true);
  expect(is_nothing(steering)).toBe(false);
  const lines = lines_of(steering, topics, "2026-03-04", (date) => date);
  expect(lines).toEqual(["Mag: alleen kwart (tot en met 2026-03-06)", "2 opgaven worden niet gegeven"]);
  expect(lines_of(steering, topics, "2026-03-07", (date) => date)[0]).toContain("was tot en met");
  const endless = lines_of({ ...NOTHING, topics: ["kwart"] }, topics, "2026-03-04", () => expect.fail("no day"));
  expect(endless).toEqual(["Mag: alleen kwart"]);
  expect(lines_of(NOTHING, topics, "2026-03-04", (date) => date)).toEqual([]);
});

test("a topic put first keeps what was fixed, but not a plan that is over", () => {
  const steering = { ...NOTHING, topics: ["kwart"], must_do: ["komma"], until: "2026-03-06", level: "easy" };
  const now = with_must_do(steering, "schaal", "2026-03-04", "2026-03-08");
  expect(now).toEqual({ ...steering, must_do: ["schaal", "komma"] });
  const later = with_must_do(steering, "schaal", "2026-03-09", "2026-03-15");
  expect(later).toEqual({ ...NOTHING, must_do: ["schaal"], until: "2026-03-15", level: "easy" });
  expect(with_must_do(now, "schaal", "2026-03-04", "").must_do).toEqual(["schaal", "komma"]);
});

test("an exercise is blocked once", () => {
  expect(with_blocked(with_blocked(NOTHING, "taart"), "taart").blocked_items).toEqual(["taart"]);
});

test("a pupil who is moved leaves one group for another, and the plans were for others", () => {
  const plan = { topic: "schaal", ready: 1, mastered: 0, video_title: "", items: [] };
  const member = (id: number) => ({ pupil: id, certainty: 0.4, either: 1 });
  const groups = [[1, 2], [3]].map((ids) => shaped_from_proposal({ members: ids.map(member), plan }));
  const moved = moved_to(groups, 2, 1);
  expect(moved.map(({ members }) => members.map((each) => each.pupil))).toEqual([[1], [3, 2]]);
  expect(moved[1].members[1].either).toBe(-1);
  expect(moved.map((group) => group.plan)).toEqual([null, null]);
  expect(moved_to(groups, 2, 0)).toBe(groups);
  expect(to_keep(moved_to(moved, 1, 1)).map(({ pupils }) => pupils)).toEqual([[3, 2, 1]]);
});

test("wishes about several pupils are about every two of them", () => {
  const wishes = [
    { kind: "apart" as const, pupils: [1, 2, 3] },
    { kind: "together" as const, pupils: [4, 5] },
  ];
  expect(pairs_of(wishes, "apart")).toHaveLength(3);
  expect(pairs_of(wishes, "together")).toEqual([{ first: 4, second: 5 }]);
});

test("sizes of groups leave room for one more or less and hold the class", () => {
  expect(usual_sizes(25, 3)).toEqual({ smallest: 7, largest: 10 });
  expect(sizes_fit(25, 3, 7, 10)).toBe(true);
  expect(sizes_fit(25, 3, 9, 10)).toBe(false);
  expect(sizes_fit(25, 3, 1, 8)).toBe(false);
  expect(sizes_fit(25, NaN, 1, 25)).toBe(false);
});

test("groups lapse after their last day", () => {
  const set = (until: string) => ({ id: 1, until, groups: [] });
  expect(still_valid([set("2026-03-04"), set("2026-03-05")], "2026-03-05")).toEqual([set("2026-03-05")]);
});

test("every alert is one sentence about a pupil, and says why", () => {
  const kinds = [
    ...["stuck", "disengaged", "sudden-drop", "hint-abuse"].map((kind) => alert(1, { kind })),
    alert(1, { kind: "stuck", cause: "too-hard" }),
    ...["pool-too-easy", "coasting"].map((cause) => alert(1, { kind: "under-challenged", cause })),
  ];
  const sentences = new Set(kinds.map((each) => alert_sentence(each, "Noor", "Schaal")));
  expect(sentences.size).toBe(kinds.length);
  expect(new Set(kinds.map((each) => alert_why(each, "Schaal"))).size).toBe(kinds.length);
  for (const sentence of sentences) expect(sentence).toMatch(/Noor.*\.$/);
});

test("who is stuck may be looked at where it happens, or helped with a lesson", () => {
  expect(actions_for([alert(3)]).map(({ href }) => href)).toEqual(["#pupil/3/schaal", "#lessons/schaal"]);
  expect(actions_for([alert(3, { kind: "sudden-drop" })]).map(({ href }) => href)).toEqual(["#pupil/3"]);
});

test("three who are stuck on one topic share a card, which proposes a lesson", () => {
  const drop = alert(9, { kind: "sudden-drop" });
  const stuck = [1, 2, 3].map((pupil) => alert(pupil, pupil === 2 ? { cause: "too-hard" } : {}));
  const elsewhere = [4, 5].map((pupil) => alert(pupil, { topic: "kwart" }));
  const [first, ...others] = stuck;
  expect(cards_of([first, drop, ...elsewhere, ...others])).toEqual([stuck, [drop], [elsewhere[0]], [elsewhere[1]]]);
  expect(actions_for(stuck).map(({ href }) => href)).toEqual(["#lessons/schaal"]);
});

test("the address of every page leads back to it", () => {
  expect(parse_route(pupil_link(12, "helft-kwart"))).toEqual({ page: "pupil", id: 12, topic: "helft-kwart" });
  expect(parse_route(topic_link("a/b %"))).toEqual({ page: "topic", id: "a/b %" });
  expect(parse_route(lesson_link(3))).toEqual({ page: "lesson", id: 3 });
  expect(parse_route(plan_link("schaal"))).toEqual({ page: "lessons", topic: "schaal" });
  const typed = ["", "#pupil/x", "#topic/", "#%E0%A4%A", "#lesson"];
  for (const hash of typed) expect(parse_route(hash)).toEqual({ page: "class" });
});

test("another topic of the same pupil is the same page", () => {
  expect(is_same_page(parse_route("#pupil/1/schaal"), parse_route("#pupil/1"))).toBe(true);
  expect(is_same_page(parse_route("#pupil/1"), parse_route("#pupil/2"))).toBe(false);
});

const topics = [
  topic("kwart"),
  topic("komma", { domain: "Kommagetallen" }),
  topic("optellen", { prerequisites: ["kwart"] }),
];

test("topics in play are those with an answer, grouped by domain", () => {
  const rows = [pupil(1, { cells: [cell(), cell({ answers: 0 }), cell()] })];
  expect(columns_of(topics, rows, IN_PLAY).map(({ index }) => index)).toEqual([0, 2]);
  const all = columns_of(topics, rows, ALL);
  expect(all.map(({ topic: { id } }) => id)).toEqual(["kwart", "optellen", "komma"]);
  expect(bands_of(all)).toEqual([
    { domain: "Breuken", span: 2 },
    { domain: "Kommagetallen", span: 1 },
  ]);
  expect(columns_of(topics, rows, "Kommagetallen").map(({ index }) => index)).toEqual([1]);
});

test("rows are sorted by name, by activity, or with a sign that help is welcome first", () => {
  const rows = [
    pupil(1, { name: "Sem", online: true, last_active_ms: 5 }),
    pupil(2, { name: "Amira", last_active_ms: 9 }),
    pupil(3, { name: "Yusuf", answers_today: 8, right_today: 2 }),
  ];
  const names = (order: "name" | "active" | "help") => in_order(rows, order).map(({ name }) => name);
  expect(names("name")).toEqual(["Amira", "Sem", "Yusuf"]);
  expect(names("active")).toEqual(["Sem", "Amira", "Yusuf"]);
  expect(names("help")).toEqual(["Yusuf", "Amira", "Sem"]);
});

test("help is welcome to who was sent back to the explanation or has a hard day", () => {
  expect(help_sign(pupil(1, { online: true, now_reason: "video-for-stuck" }))).toBe("stuck");
  expect(help_sign(pupil(1, { online: false, now_reason: "video-for-stuck" }))).toBe("none");
  expect(help_sign(pupil(1, { answers_today: 6, right_today: 2 }))).toBe("hard-day");
  expect(help_sign(pupil(1, { answers_today: 6, right_today: 3 }))).toBe("none");
  expect(help_sign(pupil(1, { answers_today: 3, right_today: 0 }))).toBe("none");
});

test("changed rows take the places of the old ones and new ones come at the end", () => {
  const rows = [pupil(1), pupil(2)];
  const after = merged(rows, [pupil(3), pupil(2, { answers_today: 1 })]);
  expect(after.map(({ id, answers_today }) => [id, answers_today])).toEqual([[1, 0], [2, 1], [3, 0]]);
  expect(after[0]).toBe(rows[0]);
});

test("only the topic answered and levels that changed light up", () => {
  const before = pupil(1, { cells: [cell(), cell(), cell({ mastery: 0.69 })] });
  const after = pupil(1, { cells: [cell({ answers: 6 }), cell({ mean: 0.01 }), cell({ mastery: 0.71 })] });
  expect(changed_topics(before, after)).toEqual([0, 2]);
  expect(changed_topics(before, before)).toEqual([]);
});

test("answers are counted between two moments, a new day counts none", () => {
  const before = [pupil(1, { answers_today: 4 }), pupil(2, { answers_today: 9 })];
  const after = [pupil(1, { answers_today: 6 }), pupil(2, { answers_today: 0 }), pupil(3, { answers_today: 5 })];
  expect([...answers_between(before, after)]).toEqual([["Pupil 1", 2]]);
});

test("lessons: the nearest first, past ones behind, cancelled ones apart", () => {
  const row = (id: number, date: string, cancelled = false) => ({ id, topic: "schaal", date, cancelled });
  const held = [row(1, "2026-03-09"), row(2, "2026-03-01"), row(3, "2026-03-05"), row(5, "2026-02-01")];
  const lessons = [...held, row(4, "2026-03-20", true)];
  const { upcoming, past, cancelled } = sorted_lessons(lessons, "2026-03-05");
  expect(upcoming.map(({ id }) => id)).toEqual([3, 1]);
  expect(past.map(({ id }) => id)).toEqual([2, 5]);
  expect(cancelled.map(({ id }) => id)).toEqual([4]);
});

test("who works is grouped by topic and doing; who is not online does not work", () => {
  const works = (id: number, now_topic: string, now_kind = "exercise") =>
    pupil(id, { online: true, now_topic, now_kind, now_reason: "frontier" });
  const here = [works(1, "komma"), works(2, "kwart"), works(3, "kwart", "video"), works(4, "kwart")];
  const places = workplaces(topics, [...here, { ...works(5, "kwart"), online: false }]);
  const counted = places.map(({ topic: { id }, doings }) => [
    id,
    doings.map(({ kind, pupils }) => [kind, pupils.length]),
  ]);
  expect(counted).toEqual([
    ["kwart", [["exercise", 2], ["video", 1]]],
    ["komma", [["exercise", 1]]],
  ]);
});

test("quiet is who began today and then stopped", () => {
  const row = pupil(1, { online: true, answers_today: 2, last_active_ms: 0 });
  expect(is_quiet(row, 6 * 60_000)).toBe(true);
  expect(is_quiet(row, 4 * 60_000)).toBe(false);
  expect(is_quiet({ ...row, answers_today: 0 }, 6 * 60_000)).toBe(false);
});

test("readiness tells masters, ready, unknown and not yet apart, and names what is missing", () => {
  const of = (id: number, before: object, here: object) => pupil(id, { cells: [cell(before), cell(), cell(here)] });
  const rows = [
    of(1, { mastery: 0.99 }, { mastery: 0.97, ready: 0.99 }),
    of(2, { mastery: 0.9 }, { ready: 0.9 }),
    of(3, { mastery: 0.2, sd: 0.9 }, { ready: 0.2 }),
    of(4, { mastery: 0.2, sd: 0.4 }, { ready: 0.2 }),
  ];
  const groups = readiness_of(topics, rows, "optellen");
  const ids = [groups.masters, groups.ready, groups.unknown, groups.not_yet].map((group) => group.map(({ id }) => id));
  expect(ids).toEqual([[1], [2], [3], [4]]);
  expect(groups.missing.map(({ topic: { id }, pupils }) => [id, pupils.length])).toEqual([["kwart", 1]]);
});

test("a moment stands out when at least half of several questions are there", () => {
  expect(busiest_moment([question(38), question(42), question(5)])).toBe(40);
  expect(busiest_moment([question(5), question(25), question(50)])).toBeNull();
  expect(busiest_moment([question(5)])).toBeNull();
});

test("the arrow keys walk the table and never into its empty corner", () => {
  const size = { rows: 4, columns: 3 };
  const press = (row: number, column: number, key: string, ctrlKey = false) =>
    moved({ row, column }, { key, ctrlKey, altKey: false, metaKey: false }, size);
  expect(press(1, 0, "ArrowRight")).toEqual({ row: 1, column: 1 });
  expect(press(1, 0, "ArrowUp")).toBeNull();
  expect(press(3, 2, "ArrowDown")).toBeNull();
  expect(press(0, 1, "ArrowLeft")).toBeNull();
  expect(press(0, 2, "Home")).toEqual({ row: 0, column: 1 });
  expect(press(2, 1, "End", true)).toEqual({ row: 3, column: 2 });
  expect(press(2, 1, "a")).toBeNull();
});

test("a chart begins with the oldest answer on the topic and ends with the belief of now", () => {
  const history = [entry(3, { mean_after: 0.4 }), entry(2, { topic: "kwart" }), entry(1, { mean_after: -0.6 })];
  const beliefs = beliefs_of(history, "schaal", -0.2, cell({ mean: 0.5, sd: 0.3 }), 240_000);
  expect(beliefs.map(({ at_ms }) => at_ms)).toEqual([60_000, 180_000, 240_000]);
  expect(beliefs.map(({ mean }) => Math.round(mean * 10) / 10)).toEqual([-0.4, 0.6, 0.7]);
  expect(high(beliefs[2]) - low(beliefs[2])).toBeCloseTo(2 * 1.2816 * 0.3);
});

test("a chart stays inside its picture, keeps its order and shows the cut", () => {
  const beliefs = [-3, 0, 2].map((mean, day) => ({ at_ms: day * 86_400_000, mean, sd: 0.8 }));
  const { points, cut_y } = chart_of(beliefs);
  expect(points[0].x).toBe(0);
  expect(points[2].x).toBe(WIDTH);
  expect(points[0].y).toBeGreaterThan(cut_y);
  expect(points[2].y).toBeLessThan(cut_y);
  for (const { y } of points) expect(y > 0 && y < HEIGHT).toBe(true);
});

test("one belief makes a chart too", () => {
  expect(chart_of([{ at_ms: 5, mean: 0, sd: 0.5 }]).points).toEqual([{ x: WIDTH / 2, y: HEIGHT / 2 }]);
});
