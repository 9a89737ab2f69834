// Which topics and pupils the class table shows, and in which order. Pure.
import type { PupilRow, TopicRow } from "../protocol";
import { needs_help } from "./help";

export interface Column {
  topic: TopicRow;
  index: number; // place of its cell in PupilRow.cells
  first_of_domain: boolean;
}

// "in-play", "all", or the title of a domain.
export type Filter = string;
export const IN_PLAY = "in-play";
export const ALL = "all";

export const ORDERS = ["name", "active", "help"] as const;
export type Order = (typeof ORDERS)[number];

export interface TableView {
  filter: Filter;
  order: Order;
}

export function domains_of(topics: TopicRow[]): string[] {
  return [...new Set(topics.map(({ domain }) => domain))];
}

// Grouped by domain; within it the order of the bank, which goes from easy to hard.
export function columns_of(topics: TopicRow[], pupils: PupilRow[], filter: Filter): Column[] {
  const in_play = topics.map((_, index) => pupils.some(({ cells }) => (cells[index]?.answers ?? 0) > 0));
  const chosen = topics
    .map((topic, index) => ({ topic, index }))
    .filter(({ topic, index }) => filter === ALL || (filter === IN_PLAY ? in_play[index] : topic.domain === filter));
  const grouped = domains_of(topics).flatMap((domain) => chosen.filter(({ topic }) => topic.domain === domain));
  return grouped.map((column, place) => ({
    ...column,
    first_of_domain: place === 0 || grouped[place - 1].topic.domain !== column.topic.domain,
  }));
}

export interface Band {
  domain: string;
  span: number;
}

export function bands_of(columns: Column[]): Band[] {
  const bands: Band[] = [];
  for (const { topic, first_of_domain } of columns) {
    if (first_of_domain) bands.push({ domain: topic.domain, span: 1 });
    else bands[bands.length - 1].span += 1;
  }
  return bands;
}

export function in_order(pupils: PupilRow[], order: Order): PupilRow[] {
  const by_name = (a: PupilRow, b: PupilRow) => a.name.localeCompare(b.name, "nl");
  const activity = ({ online, last_active_ms }: PupilRow) => (online ? 1e15 : 0) + last_active_ms;
  const compare = {
    name: by_name,
    active: (a: PupilRow, b: PupilRow) => activity(b) - activity(a) || by_name(a, b),
    help: (a: PupilRow, b: PupilRow) => Number(needs_help(b)) - Number(needs_help(a)) || by_name(a, b),
  }[order];
  return [...pupils].sort(compare);
}
