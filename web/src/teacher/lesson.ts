// The numbers of a lesson: how far the class is, and where in the video the questions are. Pure but for the words.
import { m } from "../paraglide/messages.js";
import type { LessonPupil, LessonShown, Question } from "../protocol";
import { clock } from "../video/watched";

export const CHECKS = 3; // exercises of a readiness check
const SEEN = 0.9; // who has seen so much, has seen the video: the rest is the closing picture
const READY = 0.6;
const FAR = 0.4;

export function has_seen({ watched }: LessonPupil): boolean {
  return watched >= SEEN;
}

export function is_ready({ readiness }: LessonPupil): boolean {
  return readiness >= READY;
}

export function is_far({ readiness }: LessonPupil): boolean {
  return readiness < FAR;
}

// The middle of the window of ten seconds with the most questions; null when no moment stands out.
export function busiest_moment(questions: Question[]): number | null {
  const WINDOW_S = 10;
  let best: number[] = [];
  for (const { at_s: from } of questions) {
    const here = questions.map(({ at_s }) => at_s).filter((at_s) => at_s >= from && at_s <= from + WINDOW_S);
    if (here.length > best.length) best = here;
  }
  if (best.length < 2 || best.length * 2 < questions.length) return null;
  return best.reduce((sum, at_s) => sum + at_s, 0) / best.length;
}

// For the start of the lesson, in one breath.
export function summary_text({ pupils, questions, video }: LessonShown): string {
  const count = pupils.length;
  const ready = m.teacher_lesson_ready({ ready: pupils.filter(is_ready).length, count });
  if (video === undefined) return ready;
  const seen = m.teacher_lesson_seen({ seen: pupils.filter(has_seen).length, count });
  return [seen, questions_text(questions), ready].join(" ");
}

function questions_text(questions: Question[]): string {
  if (questions.length === 0) return m.teacher_lesson_no_questions();
  const number = m.teacher_questions({ count: questions.length });
  const moment = busiest_moment(questions);
  return moment === null ? `${number}.` : m.teacher_lesson_most_at({ questions: number, at: clock(moment) });
}
