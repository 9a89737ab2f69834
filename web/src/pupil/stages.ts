// The five stages of a topic, as steps of a small stair.
import { m } from "../paraglide/messages.js";
import type { Standing } from "../protocol";

const ORDER = ["new", "started", "growing", "almost", "mastered"];

// 0 for a topic not begun, 4 for one that is mastered.
export function stage_height(stage: string): number {
  return Math.max(0, ORDER.indexOf(stage));
}

export function stage_text(stage: string): string {
  return [m.stage_new, m.stage_started, m.stage_growing, m.stage_almost, m.stage_mastered][stage_height(stage)]();
}

// What became of a topic, "" when there is nothing to tell.
export function topic_news_text(news: string, topic: string): string {
  switch (news) {
    case "finished":
      return m.news_finished({ topic });
    case "finished-higher":
      return m.news_finished_higher({ topic });
    case "closed-early":
      return m.news_closed_early({ topic });
    case "reopened":
      return m.news_reopened({ topic });
    default:
      return "";
  }
}

// How a topic stands, for the list of all.
export function standing_text(
  standing: Pick<Standing, "stage" | "finished" | "finished_higher" | "closed_early" | "wants_refreshing">,
): string {
  const { stage, finished, finished_higher, closed_early, wants_refreshing } = standing;
  if (wants_refreshing) return finished_higher ? m.standing_refresh_higher() : m.standing_refresh();
  if (finished_higher) return m.standing_finished_higher();
  if (finished) return m.standing_finished();
  return closed_early ? m.standing_closed_early() : stage_text(stage);
}

// Only a step up is worth a word.
export function went_up(before: string, after: string): boolean {
  return stage_height(after) > Math.max(1, stage_height(before));
}
