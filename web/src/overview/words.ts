// How a child stands, in words for who reads along at home. Pure.
import { m } from "../paraglide/messages.js";
import type { ChildRow, Standing } from "../protocol";

export interface ChildWords {
  can: Standing[]; // finished and fresh
  grows: Standing[]; // begun
  refreshes: Standing[]; // finished, and time to look at it again
}

export function child_words(topics: Standing[]): ChildWords {
  return {
    can: topics.filter(({ finished, wants_refreshing }) => finished && !wants_refreshing),
    grows: topics.filter(({ finished }) => !finished),
    refreshes: topics.filter(({ finished, wants_refreshing }) => finished && wants_refreshing),
  };
}

export function topic_name({ title, finished_higher }: Standing): string {
  return finished_higher ? m.child_can_higher({ title }) : title;
}

const DAY_MS = 86_400_000;

export function last_seen(child: ChildRow, now: number): string {
  if (child.last_active_ms === 0) return m.child_never({ name: child.name });
  if (child.answers_today > 0) return m.child_today({ name: child.name, count: child.answers_today });
  const days = Math.floor((now - child.last_active_ms) / DAY_MS);
  if (days < 1) return m.child_lately({ name: child.name });
  return m.child_days_ago({ name: child.name, count: days });
}
