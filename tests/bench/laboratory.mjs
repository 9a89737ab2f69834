// laboratory.mjs REPORT.json: the tables of docs/LABORATORY.md from a report of `trede simulate`. A goal that is missed is
// said to be missed.
import { readFileSync } from "node:fs";

const { study } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const four = ["hill65", "success85", "flat", "mistakes"];
const policyOf = (world, word) => world.policies.find((policy) => policy.word === word);
const percent = (share) => `${share < 0 ? "−" : "+"}${Math.abs(100 * share).toFixed(1)} %`;
const signed = (value) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
const interval = ({ mean, half }) => `${signed(mean)} ± ${half.toFixed(3)}`;
const isWorse = ({ mean, half }) => mean + half < 0;
const verdict = (met) => (met ? "met" : "**missed**");
const row = (...cells) => `| ${cells.join(" | ")} |`;

function comparison(word, title, goal, mean_goal, world_met) {
  const worlds = study.worlds.filter((world) => policyOf(world, word));
  const lines = [
    `### Against ${title}`,
    "",
    row("world", "gain of Trede", `gain of ${title}`, "difference, 95 %", "relative", "lowest quarter", "highest quarter", goal),
    "|---|---:|---:|---:|---:|---:|---:|---|",
  ];
  for (const world of worlds) {
    const other = policyOf(world, word);
    const { gains, relative } = other.ours_minus;
    const judged = four.includes(world.word) ? verdict(world_met(other.ours_minus)) : "–";
    lines.push(
      row(
        world.name,
        policyOf(world, study.ours).gains.all.mean.toFixed(3),
        other.gains.all.mean.toFixed(3),
        interval(gains.all),
        percent(relative),
        interval(gains.lowest) + (isWorse(gains.lowest) ? " **worse**" : ""),
        interval(gains.highest) + (isWorse(gains.highest) ? " **worse**" : ""),
        judged,
      ),
    );
  }
  const relatives = worlds
    .filter((world) => four.includes(world.word))
    .map((world) => policyOf(world, word).ours_minus.relative);
  const mean = relatives.reduce((sum, each) => sum + each, 0) / Math.max(relatives.length, 1);
  const goal_text = mean_goal === null ? "no goal was set" : `the goal is ${percent(mean_goal)}: ${verdict(mean >= mean_goal)}`;
  lines.push("", `Mean of the first four worlds: ${percent(mean)}; ${goal_text}.`);
  return lines;
}

function gains() {
  const names = study.worlds.map((world) => world.name);
  const lines = [row("policy", ...names), `|---|${names.map(() => "---:").join("|")}|`];
  for (const { word, name } of study.worlds[0].policies) {
    const cells = study.worlds.map((world) => policyOf(world, word).gains.all.mean.toFixed(3));
    lines.push(row(word === study.ours ? `**${name}**` : name, ...cells));
  }
  return lines;
}

function quality() {
  const lines = [
    row("world", "coverage (≥ .93)", "most used exercise (≤ 25 %)", "η and the true rate (≥ .75)", "right", "minutes of video", "topics mastered of 6"),
    "|---|---:|---:|---:|---:|---:|---:|",
  ];
  for (const world of study.worlds) {
    const ours = policyOf(world, study.ours);
    const marked = (text, met) => (met ? text : `**${text}**`);
    lines.push(
      row(
        world.name,
        marked(ours.coverage.toFixed(3), ours.coverage >= 0.93),
        marked(`${(100 * ours.most_exposed).toFixed(1)} %`, ours.most_exposed <= 0.25),
        marked(ours.rate_correlation.toFixed(2), ours.rate_correlation >= 0.75),
        `${(100 * ours.success).toFixed(0)} %`,
        ours.video_minutes.toFixed(1),
        ours.mastered.toFixed(2),
      ),
    );
  }
  return lines;
}

const lines = [
  "## The study",
  "",
  `${study.pupils} pupils, ${study.minutes} minutes, ${study.seeds} seeds from ${study.first_seed}; ${study.cpu_seconds.toFixed(0)} s of processor time.`,
  "Every policy has the same pupils, bank, order of topics and time; intervals are 95 % over seeds, differences are taken on",
  "the same pupils. Gains are of a test score between 0 and 1. Elo stands for what practice programs do: K = .4, unit slope,",
  "exercises at predicted .75, the first topic whose rating is below the cut.",
  ...(study.seeds < 10 ? ["", "**The goals are set for ten seeds; this study has fewer, so its intervals are wider.**"] : []),
  "",
  "Gain by policy and world:",
  "",
  ...gains(),
  "",
  ...comparison("elo", "Elo at .75 without video", "goal +10 %", 0.25, ({ relative }) => relative >= 0.1),
  "",
  ...comparison("elo-video", "Elo at .75 with a video after two failures", "goal: not worse", 0.05, ({ gains: each }) => !isWorse(each.all)),
  "",
  ...comparison("elo-slopes-video", "the same Elo with the exercises’ slopes", "not worse", null, ({ gains: each }) => !isWorse(each.all)),
  "",
  "A quarter is marked when it gains less under Trede than under the other beyond the interval.",
  "",
  "## Quality of belief and choice",
  "",
  ...quality(),
];
console.log(lines.join("\n"));
