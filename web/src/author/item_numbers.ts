// What answers show of an exercise, in words. Pure but for the words.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { ItemRow } from "../protocol";
import { share_in_words } from "../ui/suspects";
import { share_of_all } from "./choices";

function decimal(value: number): string {
  return value.toLocaleString(language.current, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

export function difficulty_text({ difficulty, learned_difficulty, learned_margin }: ItemRow): string {
  const authored = `${m.difficulty()} ${decimal(difficulty)}`;
  if (learned_difficulty === undefined) return authored;
  const margin = decimal(Math.max(0.1, learned_margin ?? 0));
  return `${authored}${m.learned_difficulty({ difficulty: decimal(learned_difficulty), margin })}`;
}

export function answers_text({ answers, right_share, right_low, right_high, predicted_share }: ItemRow): string {
  if (answers === 0) return m.no_answers_yet();
  const [share, low, high, predicted] = [right_share, right_low, right_high, predicted_share].map(share_in_words);
  return m.answers_right({ count: answers, share, low, high, predicted });
}

export function exposure_text({ exposure }: ItemRow): string {
  return m.exposure({ share: share_of_all(exposure) });
}

const LEAST_SHOWN = 0.0005; // rounds to a tenth of a percent

export function exposure_brief({ exposure }: ItemRow): string {
  return exposure < LEAST_SHOWN ? "" : m.exposure_brief({ share: share_of_all(exposure) });
}
