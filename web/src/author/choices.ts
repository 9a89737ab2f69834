// Why and with which chance exercises and videos are given, in words. Pure but for the words.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { ChoicesShown, ReasonCount } from "../protocol";
import { share_in_words } from "../ui/suspects";

export function why_name(code: string): string {
  switch (code) {
    case "placement":
      return m.why_placement();
    case "frontier":
      return m.why_frontier();
    case "review":
      return m.why_review();
    case "higher-level":
      return m.why_higher_level();
    case "seeding":
      return m.why_seeding();
    case "lesson-video":
      return m.why_lesson_video();
    case "readiness-check":
      return m.why_readiness_check();
    case "video-for-new":
      return m.why_video_for_new();
    case "video-for-stuck":
      return m.why_video_for_stuck();
    case "video-pays":
      return m.why_video_pays();
    case "easy-after-video":
      return m.why_easy_after_video();
    case "enrichment":
      return m.why_enrichment();
    default:
      return m.why_none();
  }
}

// Two digits say enough of a chance.
export function one_in(chance: number): string {
  const count = (1 / chance).toLocaleString(language.current, { maximumSignificantDigits: 2 });
  return m.choices_one_in({ count });
}

// Tenths, for most exercises are a small part of a large bank.
export function share_of_all(share: number): string {
  return share.toLocaleString(language.current, { style: "percent", maximumFractionDigits: 1 });
}

export function times_text({ kind, times, share }: ChoicesShown): string {
  const said = { times, share: share_of_all(share) };
  return kind === "video" ? m.choices_video_times(said) : m.choices_item_times(said);
}

export function few_text({ kind, fewest }: ChoicesShown): string {
  return kind === "video" ? m.choices_video_few({ fewest }) : m.choices_item_few({ fewest });
}

const NO_LOT = 0.995;

function chances_text({ probability, least }: ReasonCount): string {
  if (least > NO_LOT) return m.choices_no_lot();
  const [usual, smallest] = [one_in(probability), one_in(least)];
  return usual === smallest ? m.choices_chance({ usual }) : m.choices_chances({ usual, least: smallest });
}

export function reason_line(kind: string, reason: ReasonCount): string {
  const { times, predicted } = reason;
  const said = { times, predicted: share_in_words(predicted), chance: chances_text(reason) };
  return kind === "video" ? m.choices_video_line(said) : m.choices_item_line(said);
}
