// Who would probably be glad of a teacher now. A sign, with its reason; no score, and pupils are never ranked by it.
import { m } from "../paraglide/messages.js";
import type { PupilRow } from "../protocol";

export type HelpSign = "stuck" | "hard-day" | "none";

// stuck: Trede has just gone back to the explanation. hard-day: of at least six answers today fewer than half are
// right, where three in four is what exercises are chosen for (by luck alone this happens to 1 pupil in 20).
export function help_sign({ online, now_reason, answers_today, right_today }: PupilRow): HelpSign {
  if (online && (now_reason === "video-for-stuck" || now_reason === "easy-after-video")) return "stuck";
  if (answers_today >= 6 && right_today < answers_today / 2) return "hard-day";
  return "none";
}

export function needs_help(row: PupilRow): boolean {
  return help_sign(row) !== "none";
}

export function help_text(row: PupilRow): string {
  const sign = help_sign(row);
  if (sign === "stuck") return m.teacher_help_stuck();
  return sign === "hard-day" ? m.teacher_help_hard_day({ right: row.right_today, count: row.answers_today }) : "";
}
