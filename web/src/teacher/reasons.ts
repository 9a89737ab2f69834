// Why a pupil does what he does, in words for a teacher.
import { m } from "../paraglide/messages.js";
import { getLocale } from "../paraglide/runtime.js";
import type { HistoryEntry, Reason } from "../protocol";
import { percent, share_text } from "./belief";

// A few words, to stand behind a topic's name.
export function short_reason(code: string): string {
  switch (code) {
    case "placement":
      return m.teacher_short_placement();
    case "seeding":
      return m.teacher_short_seeding();
    case "video-pays":
      return m.teacher_short_video_pays();
    case "paused":
      return m.teacher_short_paused();
    case "review":
      return m.teacher_short_review();
    case "higher-level":
      return m.teacher_short_higher_level();
    case "enrichment":
      return m.teacher_short_enrichment();
    case "lesson-video":
      return m.teacher_short_lesson_video();
    case "readiness-check":
      return m.teacher_short_readiness_check();
    case "video-for-new":
      return m.teacher_short_video_for_new();
    case "video-for-stuck":
      return m.teacher_short_video_for_stuck();
    case "easy-after-video":
      return m.teacher_short_easy_after_video();
    case "nothing-left":
      return m.teacher_short_nothing_left();
    default:
      return m.teacher_short_frontier();
  }
}

// There is nothing to get right in a video.
const VIDEO_REASONS = new Set(["lesson-video", "video-for-new", "video-for-stuck", "video-pays"]);

// The whole story of a choice: the reason, the chance of success it counted on, and how much of it was luck.
export function full_reason(reason: Reason): string {
  const sentences = [sentence_of(reason)];
  if (!VIDEO_REASONS.has(reason.code) && reason.predicted > 0) {
    sentences.push(m.teacher_reason_expected({ chance: percent(reason.predicted) }));
  }
  sentences.push(luck_of(reason));
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

function two_decimals(value: number): string {
  return value.toLocaleString(getLocale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

// The numbers behind a choice, for whoever wants to know; what does not apply is left out.
export function why_rows({ reason, kind, right, mean_after, sd_after }: HistoryEntry): { what: string; value: string }[] {
  const { topic, mastery, target, predicted, candidates, probability } = reason;
  const exercise = kind === "exercise";
  const after = { mean: two_decimals(mean_after), sd: two_decimals(sd_after) };
  const rows = [
    { what: m.teacher_why_mastery({ topic }), value: topic === "" ? "" : percent(mastery) },
    { what: m.teacher_why_target(), value: exercise && target > 0 ? percent(target) : "" },
    { what: m.teacher_why_predicted(), value: exercise && predicted > 0 ? percent(predicted) : "" },
    { what: m.teacher_why_came_out(), value: exercise ? (right ? m.teacher_right() : m.teacher_wrong()) : "" },
    { what: m.teacher_why_candidates(), value: candidates > 0 ? String(candidates) : "" },
    { what: m.teacher_why_probability(), value: share_text(probability) },
    { what: m.teacher_why_after(), value: sd_after > 0 ? m.teacher_why_after_value(after) : "" },
  ];
  return rows.filter(({ value }) => value !== "");
}

function luck_of({ candidates, probability }: Reason): string {
  const chance = share_text(probability);
  if (candidates > 1) return m.teacher_reason_one_of({ count: candidates, chance });
  if (candidates === 0) return "";
  return probability > 0.995 ? m.teacher_reason_no_choice() : m.teacher_reason_only_one({ chance });
}

function sentence_of({ code, topic, mastery }: Reason): string {
  switch (code) {
    case "placement":
      return m.teacher_reason_placement({ topic });
    case "seeding":
      return m.teacher_reason_seeding({ topic });
    case "video-pays":
      return m.teacher_reason_video_pays({ topic });
    case "paused":
      return m.teacher_reason_paused();
    case "review":
      return m.teacher_reason_review({ topic });
    case "higher-level":
      return m.teacher_reason_higher_level({ topic });
    case "enrichment":
      return m.teacher_reason_enrichment({ topic });
    case "lesson-video":
      return m.teacher_reason_lesson_video({ topic });
    case "readiness-check":
      return m.teacher_reason_readiness_check({ topic });
    case "video-for-new":
      return m.teacher_reason_video_for_new({ topic });
    case "video-for-stuck":
      return m.teacher_reason_video_for_stuck({ topic });
    case "easy-after-video":
      return m.teacher_reason_easy_after_video({ topic });
    case "nothing-left":
      return m.teacher_reason_nothing_left();
    default:
      return m.teacher_reason_frontier({ topic, mastery: percent(mastery) });
  }
}
