// Why this step, in words for a child.
import { m } from "../paraglide/messages.js";
import type { Reason } from "../protocol";

export function reason_text({ code, topic }: Reason): string {
  switch (code) {
    case "placement":
      return m.reason_placement();
    case "seeding":
      return m.reason_seeding();
    case "video-pays":
      return m.reason_video_pays({ topic });
    case "paused":
      return m.reason_paused();
    case "review":
      return m.reason_review({ topic });
    case "higher-level":
      return m.reason_higher_level({ topic });
    case "enrichment":
      return m.reason_enrichment({ topic });
    case "lesson-video":
      return m.reason_lesson_video({ topic });
    case "readiness-check":
      return m.reason_readiness_check({ topic });
    case "video-for-new":
      return m.reason_video_for_new({ topic });
    case "video-for-stuck":
      return m.reason_video_for_stuck({ topic });
    case "easy-after-video":
      return m.reason_easy_after_video({ topic });
    case "nothing-left":
      return m.reason_nothing_left();
    default:
      return m.reason_frontier({ topic });
  }
}

// How it was chosen: among how many, and how often something like it comes right for this pupil.
export function odds_text({ candidates, predicted }: Reason): string {
  const of_ten = Math.min(9, Math.max(1, Math.round(10 * predicted)));
  return candidates > 1 ? m.reason_odds({ candidates, of_ten }) : "";
}
