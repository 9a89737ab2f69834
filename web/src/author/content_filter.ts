// Which items of the bank the list shows.
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
