// Who works now, grouped by topic and by what they do there. Pure.
import type { PupilRow, TopicRow } from "../protocol";

export interface Doing {
  kind: string; // exercise, video
  reason: string; // code
  pupils: PupilRow[];
}

export interface Workplace {
  topic: TopicRow;
  doings: Doing[];
}

// Without an answer for so long a signed-in pupil who began today may be somewhere else with his thoughts.
const QUIET_MS = 5 * 60_000;

export function is_quiet({ online, last_active_ms, answers_today }: PupilRow, now_ms: number): boolean {
  return online && answers_today > 0 && now_ms - last_active_ms > QUIET_MS;
}

export function is_working({ online, now_kind }: PupilRow): boolean {
  return online && (now_kind === "exercise" || now_kind === "video");
}

// In the order of the topics; within one, the busiest doing first.
export function workplaces(topics: TopicRow[], pupils: PupilRow[]): Workplace[] {
  const working = pupils.filter(is_working);
  return topics.flatMap((topic) => {
    const here = working.filter(({ now_topic }) => now_topic === topic.id);
    return here.length === 0 ? [] : [{ topic, doings: doings_of(here) }];
  });
}

function doings_of(pupils: PupilRow[]): Doing[] {
  const doings = new Map<string, Doing>();
  for (const pupil of pupils) {
    const key = `${pupil.now_kind} ${pupil.now_reason}`;
    const doing = doings.get(key) ?? { kind: pupil.now_kind, reason: pupil.now_reason, pupils: [] };
    doings.set(key, { ...doing, pupils: [...doing.pupils, pupil] });
  }
  return [...doings.values()].sort((a, b) => b.pupils.length - a.pupils.length);
}
