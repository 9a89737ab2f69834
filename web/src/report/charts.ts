// The charts of a study and of a dry run, drawn by Observable Plot: its scales and axes, our data.
import * as Plot from "@observablehq/plot";
import { type Bank, type Policy, signed, type Study, type World } from "./report";

const width = 600;
const labels = 185;
const topicLabels = 330;
const below = { labelAnchor: "center", labelArrow: "none" } as const; // of the x axis
const frame = { marginTop: 16, marginBottom: 44 };
const style = { fontSize: "12px", fontFamily: "inherit", background: "none", overflow: "visible" };

// A colour for those one compares most, a quiet one for the rest; readable on white and on black.
const colours: Record<string, string> = {
  trede: "#2f7de1",
  elo: "#d1600b",
  "elo-video": "#c9930a",
  frontier75: "#1f9a73",
  random: "#9a6bb0",
};
const quiet = "#8b8f98";
const colourOf = (policy: { word: string }) => colours[policy.word] ?? quiet;
const isLoud = (policy: { word: string }) => policy.word in colours;

export function learningCurves(study: Study, world: World): Element {
  const points = world.policies.flatMap((policy) =>
    policy.curve.map((score, i) => ({
      name: policy.name,
      score,
      minute: (study.minutes * i) / (policy.curve.length - 1),
      colour: colourOf(policy),
      loud: isLoud(policy),
    })),
  );
  const lines = (loud: boolean) =>
    Plot.line(
      points.filter((point) => point.loud === loud),
      { x: "minute", y: "score", z: "name", stroke: "colour", strokeWidth: loud ? 2.2 : 0.9, tip: loud },
    );
  return Plot.plot({
    width,
    height: 340,
    marginRight: 150,
    ...frame,
    style,
    x: { ...below, label: "minutes of practice" },
    y: { label: "test score", grid: true, tickFormat: ".0%" },
    marks: [lines(false), lines(true), policyNames(study, world)],
  });
}

// Names at the ends of curves, apart enough to be read.
function endNames(ends: { name: string; height: number; colour: string }[], x: number, apart: number) {
  let last = -Infinity;
  const placed = ends
    .sort((one, other) => one.height - other.height)
    .map((end) => ({ ...end, height: (last = Math.max(end.height, last + apart)) }));
  return Plot.text(placed, { x, y: "height", text: "name", fill: "colour", textAnchor: "start", dx: 8 });
}

function policyNames(study: Study, world: World) {
  const ends = world.policies
    .filter(isLoud)
    .map((policy) => ({ name: policy.name, height: policy.curve.at(-1) ?? 0, colour: colourOf(policy) }));
  const all = world.policies.flatMap((policy) => policy.curve);
  return endNames(ends, study.minutes, (Math.max(...all) - Math.min(...all)) / 20);
}

type Row = { name: string; mean: number; low: number; high: number; colour: string };

function intervals(rows: Row[], label: string, options: Plot.PlotOptions = {}): Element {
  return Plot.plot({
    width,
    marginLeft: labels,
    ...frame,
    style,
    x: { ...below, label, grid: true },
    y: { label: null, domain: rows.map((row) => row.name) },
    ...options,
    marks: [
      Plot.ruleX([0], { strokeOpacity: 0.5 }),
      Plot.link(rows, { x1: "low", x2: "high", y1: "name", y2: "name", stroke: "colour", strokeWidth: 3 }),
      Plot.dot(rows, { x: "mean", y: "name", fill: "colour", r: 4 }),
    ],
  });
}

export function gains(world: World): Element {
  const rows = world.policies
    .map(({ name, word, gains: { all } }) => ({
      name,
      mean: all.mean,
      low: all.mean - all.half,
      high: all.mean + all.half,
      colour: colourOf({ word }),
    }))
    .sort((one, other) => other.mean - one.mean);
  return intervals(rows, "gain in test score");
}

export function differences(world: World): Element {
  const rows = world.policies.flatMap((policy) => {
    if (!policy.ours_minus) return [];
    const { mean, half } = policy.ours_minus.gains.all;
    return [{ name: policy.name, mean, low: mean - half, high: mean + half, colour: colourOf(policy) }];
  });
  rows.sort((one, other) => one.mean - other.mean);
  return intervals(rows, "ours minus it, gain on the same pupils");
}

export function quarters(world: World): Element {
  const order = [...world.policies].sort((one, other) => other.gains.all.mean - one.gains.all.mean);
  const ends = order.flatMap((policy) => [
    { name: policy.name, quarter: "lowest quarter", gain: policy.gains.lowest.mean },
    { name: policy.name, quarter: "highest quarter", gain: policy.gains.highest.mean },
  ]);
  return Plot.plot({
    width,
    marginLeft: labels,
    ...frame,
    style,
    x: { ...below, label: "gain in test score", grid: true },
    y: { label: null, domain: order.map((policy) => policy.name) },
    color: { legend: true, domain: ["lowest quarter", "highest quarter"], range: ["#c9930a", "#2f7de1"] },
    marks: [
      Plot.ruleX([0], { strokeOpacity: 0.5 }),
      Plot.link(order, {
        x1: (policy: Policy) => policy.gains.lowest.mean,
        x2: (policy: Policy) => policy.gains.highest.mean,
        y1: "name",
        y2: "name",
        strokeOpacity: 0.4,
      }),
      Plot.dot(ends, { x: "gain", y: "name", fill: "quarter", r: 4 }),
    ],
  });
}

// Success, time on video and exposure side by side, one dot a policy.
export function habits(world: World): Element {
  const panels: [string, (policy: Policy) => number][] = [
    ["share right (%)", (policy) => 100 * policy.success],
    ["minutes of video", (policy) => policy.video_minutes],
    ["most used exercise (% of all)", (policy) => 100 * policy.most_exposed],
  ];
  const small = (label: string, value: (policy: Policy) => number, first: boolean) =>
    Plot.plot({
      width: first ? 330 : 200,
      marginLeft: first ? labels : 10,
      height: 28 * world.policies.length + 50,
      ...frame,
    style,
      x: { label, grid: true, zero: true, ticks: 4 },
      y: { label: null, domain: world.policies.map((policy) => policy.name), ...(first ? {} : { axis: null }) },
      marks: [
        Plot.ruleY(world.policies, { x1: 0, x2: value, y: "name", stroke: colourOf, strokeOpacity: 0.5 }),
        Plot.dot(world.policies, { x: value, y: "name", fill: colourOf, r: 4 }),
      ],
    });
  const row = document.createElement("div");
  row.className = "side-by-side";
  row.append(...panels.map(([label, value], i) => small(label, value, i === 0)));
  return row;
}

// In every world at once: ours against each other policy, as a share of its gain.
export function overview(study: Study): Element {
  const rows = study.worlds.flatMap((world) =>
    world.policies.flatMap((policy) =>
      policy.ours_minus
        ? [{ world: world.name, policy: policy.name, gain: policy.ours_minus.relative }]
        : [],
    ),
  );
  const shown = new Set(rows.map((row) => row.policy));
  const most = 100;
  const column = 62;
  const cells = rows.map((row) => ({ ...row, shown: Math.min(100 * row.gain, most), text: `${signed(100 * row.gain, 0)} %` }));
  return Plot.plot({
    width: Math.max(940, labels + column * study.worlds.length),
    marginLeft: labels,
    ...frame,
    marginTop: 50,
    style,
    x: {
      label: null,
      domain: study.worlds.map((world) => world.name),
      tickSize: 0,
      axis: "top",
      tickFormat: (name: string) => name.replace(" ", "\n"), // a column is as wide as one word
    },
    y: { label: null, tickSize: 0, domain: study.worlds[0]?.policies.map(({ name }) => name).filter((name) => shown.has(name)) },
    color: { type: "diverging", scheme: "RdBu", domain: [-most, most], label: "% more gain than it", legend: true },
    marks: [
      Plot.cell(cells, { x: "world", y: "policy", fill: "shown", inset: 1 }),
      Plot.text(cells, {
        x: "world",
        y: "policy",
        text: "text",
        fill: (cell: { shown: number }) => (Math.abs(cell.shown) > 55 ? "white" : "black"),
      }),
    ],
  });
}

// ---- a bank ----

const cohortColours = ["#2f7de1", "#1f9a73", "#c9930a", "#d1600b", "#9a6bb0", "#c2498a", "#5b8c2a"];

export function weeks(bank: Bank): Element {
  const colour = (i: number) => cohortColours[i % cohortColours.length] ?? quiet;
  const points = bank.cohorts.flatMap((cohort, i) =>
    cohort.mastered.map((mastered, week) => ({ name: cohort.name, week: week + 1, mastered, colour: colour(i) })),
  );
  const lines = (edge: boolean) => {
    const shown = new Set(bank.cohorts.filter((cohort) => cohort.edge === edge).map(({ name }) => name));
    return Plot.line(
      points.filter((point) => shown.has(point.name)),
      {
        x: "week",
        y: "mastered",
        z: "name",
        stroke: "colour",
        strokeWidth: 2,
        tip: true,
        ...(edge ? { strokeDasharray: "5 4" } : {}),
      },
    );
  };
  const ends = bank.cohorts.map((cohort, i) => ({
    name: cohort.name,
    height: cohort.mastered.at(-1) ?? 0,
    colour: colour(i),
  }));
  return Plot.plot({
    width: 800,
    height: 340,
    marginRight: 220,
    ...frame,
    style,
    x: { ...below, label: "week" },
    y: { label: "topics mastered", grid: true, domain: [0, bank.topics.length] },
    marks: [lines(false), lines(true), endNames(ends, bank.weeks, bank.topics.length / 20)],
  });
}

// Where the exercises of each topic are, and where some were wanted that are not there.
export function levels(bank: Bank): Element {
  const middle = (bin: number) => bank.lowest_difficulty + bank.difficulty_step * (bin + 0.5);
  const wanted = bank.topics.flatMap((topic) => {
    const of = (counts: number[], kind: string) =>
      counts.flatMap((times, bin) =>
        times > 0 ? [{ topic: topic.title, difficulty: middle(bin), times, kind }] : [],
      );
    return [...of(topic.too_hard, "an easier one was wanted"), ...of(topic.too_easy, "a harder one was wanted")];
  });
  const items = bank.topics.flatMap((topic) =>
    topic.items.map((difficulty) => ({ topic: topic.title, difficulty })),
  );
  return Plot.plot({
    width: 940,
    height: 30 * bank.topics.length + 60,
    marginLeft: topicLabels,
    ...frame,
    style,
    x: { ...below, label: "difficulty (logits)", grid: true },
    y: { label: null, domain: bank.topics.map((topic) => topic.title) },
    r: { range: [1, 16], label: "times" },
    color: {
      legend: true,
      domain: ["an easier one was wanted", "a harder one was wanted"],
      range: ["#d1600b", "#2f7de1"],
    },
    marks: [
      Plot.dot(wanted, { x: "difficulty", y: "topic", r: "times", fill: "kind", fillOpacity: 0.45, tip: true }),
      Plot.tickX(items, { x: "difficulty", y: "topic", inset: 6 }),
      Plot.dot(bank.topics, { x: "cut", y: "title", symbol: "triangle", stroke: "#1f9a73", strokeWidth: 2 }),
    ],
  });
}

export function topicMinutes(bank: Bank): Element {
  const parts = bank.topics.flatMap((topic) => [
    { topic: topic.title, minutes: topic.minutes - topic.video_minutes, part: "exercises" },
    { topic: topic.title, minutes: topic.video_minutes, part: "video" },
  ]);
  return Plot.plot({
    width: 940,
    height: 22 * bank.topics.length + 60,
    marginLeft: topicLabels,
    ...frame,
    style,
    x: { ...below, label: "minutes, for a pupil who practised it", grid: true },
    y: { label: null, domain: bank.topics.map((topic) => topic.title) },
    color: { legend: true, domain: ["exercises", "video"], range: ["#2f7de1", "#c9930a"] },
    marks: [Plot.barX(parts, { x: "minutes", y: "topic", fill: "part" }), Plot.ruleX([0])],
  });
}
