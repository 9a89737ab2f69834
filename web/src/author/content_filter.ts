// Which items of the bank the list shows, and in which order. Pure.
import type { ItemRow } from "../protocol";

export interface ContentFilter {
  text: string;
  topic: string; // "" = all
  type: string;
}

export function filtered(items: ItemRow[], { text, topic, type }: ContentFilter): ItemRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return items.filter((item) => {
    const about = `${item.id} ${item.preview}`.toLowerCase();
    const fits = (topic === "" || item.topic === topic) && (type === "" || item.type === type);
    return fits && words.every((word) => about.includes(word));
  });
}

export const ORDERS = ["bank", "surprise", "exposure", "reports"] as const;
export type Order = (typeof ORDERS)[number];

// Items that fit equally stay as they stand in the bank.
export function ordered(items: ItemRow[], order: Order): ItemRow[] {
  const weight = { bank: () => 0, surprise: surprise_of, exposure: exposure_of, reports: reports_of }[order];
  return items.toSorted((a, b) => weight(b) - weight(a));
}

// How far what was predicted lies outside the interval of what was observed.
function surprise_of({ answers, predicted_share, right_low, right_high }: ItemRow): number {
  return answers === 0 ? 0 : Math.max(0, right_low - predicted_share, predicted_share - right_high);
}

const exposure_of = ({ exposure }: ItemRow) => exposure;
const reports_of = ({ reports }: ItemRow) => reports;
