// What changed between two states of the class: new rows in their places, cells to light up, answers to tell. Pure.
import type { LessonRow, PupilRow } from "../protocol";
import { level_of } from "./levels";

// The rows that came, in the places of the old ones; new pupils at the end.
export function merged<Row extends { id: number }>(rows: Row[], changed: Row[]): Row[] {
  const news = new Map(changed.map((row) => [row.id, row]));
  const kept = rows.map((row) => news.get(row.id) ?? row);
  const known = new Set(rows.map(({ id }) => id));
  return [...kept, ...changed.filter(({ id }) => !known.has(id))];
}

// One answer moves the belief on every related topic a little; lit up are the topic answered and levels that changed.
export function changed_topics(before: PupilRow, after: PupilRow): number[] {
  return after.cells.flatMap((cell, index) => {
    const old = before.cells[index];
    if (old === undefined) return [];
    return old.answers !== cell.answers || level_of(old) !== level_of(cell) ? [index] : [];
  });
}

export function answers_between(before: PupilRow[], after: PupilRow[]): Map<string, number> {
  const counts = new Map<string, number>();
  const old = new Map(before.map((row) => [row.id, row.answers_today]));
  for (const { id, name, answers_today } of after) {
    const more = answers_today - (old.get(id) ?? answers_today);
    if (more > 0) counts.set(name, more);
  }
  return counts;
}

// Upcoming first, the nearest on top; then the past, the latest on top. Cancelled ones apart.
export function sorted_lessons(lessons: LessonRow[], today: string) {
  const by_date = (a: LessonRow, b: LessonRow) => a.date.localeCompare(b.date) || a.id - b.id;
  const held = lessons.filter(({ cancelled }) => !cancelled).sort(by_date);
  return {
    upcoming: held.filter(({ date }) => date >= today),
    past: held.filter(({ date }) => date < today).reverse(),
    cancelled: lessons.filter(({ cancelled }) => cancelled).sort((a, b) => b.date.localeCompare(a.date)),
  };
}
