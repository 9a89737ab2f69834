// What a teacher fixed for a class or a pupil, in words and as choices. Pure but for the words.
import { m } from "../paraglide/messages.js";
import type { PupilRow, Steering, TopicRow } from "../protocol";
import { refusal_text } from "../ui/refusals";

export const NOTHING: Steering = { topics: [], must_do: [], until: "", blocked_items: [], level: "", paused: false };

// "" = nobody fixed it.
export const LEVELS_TO_FIX = ["", "adaptive", "easy", "middle", "hard"];

export function is_nothing({ topics, must_do, blocked_items, level, paused }: Steering): boolean {
  return [topics, must_do, blocked_items].every(({ length }) => length === 0) && level === "" && !paused;
}

export function level_name(level: string, unfixed: string): string {
  switch (level) {
    case "adaptive":
      return m.teacher_level_adaptive();
    case "easy":
      return m.teacher_level_easy();
    case "middle":
      return m.teacher_level_middle();
    case "hard":
      return m.teacher_level_hard();
    default:
      return unfixed;
  }
}

// One line for each thing that is fixed; day: how a date is said.
export function lines_of(steering: Steering, topics: TopicRow[], today: string, day: (date: string) => string) {
  const { until, blocked_items, level, paused } = steering;
  const titles = (ids: string[]) => ids.map((id) => topics.find((topic) => topic.id === id)?.title ?? id).join(", ");
  const time = () =>
    until < today ? m.teacher_week_says_over({ day: day(until) }) : m.teacher_week_says_until({ day: day(until) });
  const timed = (line: string) => (until === "" ? line : `${line} (${time()})`);
  const lines: string[] = [];
  if (paused) lines.push(m.teacher_week_says_paused());
  if (steering.must_do.length > 0) lines.push(timed(m.teacher_week_says_must({ topics: titles(steering.must_do) })));
  if (steering.topics.length > 0) lines.push(timed(m.teacher_week_says_topics({ topics: titles(steering.topics) })));
  if (level !== "") lines.push(m.teacher_week_says_level({ level: level_name(level, "") }));
  if (blocked_items.length > 0) lines.push(m.teacher_week_says_blocked({ count: blocked_items.length }));
  return lines;
}

// With the topic before all others. What had ended before today is gone; an end that still lies ahead stays.
export function with_must_do(steering: Steering, topic: string, today: string, until: string): Steering {
  const over = steering.until !== "" && steering.until < today;
  const topics = over ? [] : steering.topics;
  const others = over ? [] : steering.must_do.filter((each) => each !== topic);
  const is_first = topics.length === 0 && others.length === 0;
  return { ...steering, topics, must_do: [topic, ...others], until: is_first ? until : steering.until };
}

export function with_blocked(steering: Steering, item: string): Steering {
  const others = steering.blocked_items.filter((each) => each !== item);
  return { ...steering, blocked_items: [...others, item] };
}

// A refusal in the words of this page: what is invalid would leave nothing to practise.
export function steering_refusal(code: string): string {
  if (code === "") return "";
  return code === "invalid" ? m.teacher_week_empty() : refusal_text(code);
}

// Who would have nothing fitting to do when only these topics may come.
export interface Fit {
  not_ready: number; // prerequisites of each topic that is not mastered are probably missing
  done: number; // masters all of them
  without_items: boolean; // nobody could practise anything
}

const READY = 0.5;
const MASTERED = 0.95;

export function fit_of(ids: string[], topics: TopicRow[], pupils: PupilRow[]): Fit {
  const chosen = topics.map((topic, index) => ({ topic, index })).filter(({ topic }) => ids.includes(topic.id));
  const fit: Fit = { not_ready: 0, done: 0, without_items: false };
  if (chosen.length === 0) return fit;
  fit.without_items = chosen.every(({ topic }) => topic.items === 0);
  for (const { cells } of pupils) {
    const left = chosen.filter(({ index }) => (cells[index]?.mastery ?? 0) <= MASTERED);
    if (left.length === 0) fit.done += 1;
    else if (left.every(({ index }) => (cells[index]?.ready ?? 1) < READY)) fit.not_ready += 1;
  }
  return fit;
}
