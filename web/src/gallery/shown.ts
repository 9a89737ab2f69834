// What `trede content show` prints (server/commands/content_show.hpp).
import type { Exercise, Feedback, Segment } from "../protocol";

interface Localised {
  nl: string;
  en: string;
}

export interface ShownSide {
  exercise: Exercise;
  hints: Segment[][];
  feedback: Feedback;
}

export interface ShownItem {
  id: string;
  step: number;
  difficulty: number;
  type: string;
  enrichment: boolean;
  nl: ShownSide;
  en: ShownSide;
}

export interface ShownTopic {
  id: string;
  title: Localised;
  goal: Localised;
  school_year: Localised;
  level: number;
  items: ShownItem[];
}

export interface ShownBank {
  title: Localised;
  topics: ShownTopic[];
}

// "+0.5", "−1", "0"
export function signed(logits: number): string {
  const size = String(Math.abs(Math.round(logits * 10) / 10));
  if (size === "0") return size;
  return (logits < 0 ? "−" : "+") + size;
}
