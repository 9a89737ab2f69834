// Who is ready for a topic, and what is missing where somebody is not. Pure.
import type { Cell, PupilRow, TopicRow } from "../protocol";
import { certainty_of, level_of } from "./levels";

export interface Missing {
  topic: TopicRow;
  pupils: PupilRow[];
}

export interface Readiness {
  masters: PupilRow[];
  ready: PupilRow[];
  unknown: PupilRow[]; // a prerequisite looks low, but hardly anything is known about it
  not_yet: PupilRow[];
  missing: Missing[]; // of not_yet, per prerequisite
}

// A prerequisite counts as there when it is more likely than not, with a margin.
const THERE = 0.6;

export function readiness_of(topics: TopicRow[], pupils: PupilRow[], id: string): Readiness {
  const here = topics.findIndex((topic) => topic.id === id);
  const groups: Readiness = { masters: [], ready: [], unknown: [], not_yet: [], missing: [] };
  const needed = new Set(topics[here]?.prerequisites);
  const before = topics.map((topic, index) => ({ topic, index })).filter(({ topic }) => needed.has(topic.id));
  for (const pupil of pupils) {
    const cell = pupil.cells[here];
    if (cell === undefined) continue;
    const low = before.filter(({ index }) => (pupil.cells[index]?.mastery ?? 0) < THERE);
    if (level_of(cell) === 4) groups.masters.push(pupil);
    else if (cell.ready >= THERE) groups.ready.push(pupil);
    else if (low.every(({ index }) => is_unknown(pupil.cells[index]))) groups.unknown.push(pupil);
    else groups.not_yet.push(pupil);
  }
  const missing = before.map(({ topic, index }) => missing_of(topic, groups.not_yet, index));
  groups.missing = missing.filter(({ pupils: lacking }) => lacking.length > 0);
  return groups;
}

function missing_of(topic: TopicRow, pupils: PupilRow[], index: number): Missing {
  const lack = ({ cells }: PupilRow) => cells[index].mastery < THERE && !is_unknown(cells[index]);
  return { topic, pupils: pupils.filter(lack) };
}

function is_unknown(cell: Cell | undefined): boolean {
  return cell === undefined || certainty_of(cell.sd) === "little";
}
