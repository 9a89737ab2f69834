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

// From one date to another, as people count days; a day of 23 or 25 hours is one too.
function days_between(from_ms: number, to_ms: number): number {
  const midnights = [from_ms, to_ms].map((ms) => new Date(ms).setHours(0, 0, 0, 0));
  return Math.round((midnights[1] - midnights[0]) / 86_400_000);
}

export function last_seen(child: ChildRow, now: number): string {
  if (child.last_active_ms === 0) return m.child_never({ name: child.name });
  if (child.answers_today > 0) return m.child_today({ name: child.name, count: child.answers_today });
  const days = days_between(child.last_active_ms, now);
  if (days < 1) return m.child_lately({ name: child.name });
  return m.child_days_ago({ name: child.name, count: days });
}
