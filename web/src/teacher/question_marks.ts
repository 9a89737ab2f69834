// Where the marks of questions stand on the line of a video: at their second, and on each other where they would overlap.
import type { Question } from "../protocol";

const MOST_STACKED = 4; // the next ones cover the highest

export interface Mark {
  question: Question;
  left: number; // % of the line
  height: number; // 0 = on the line
}

// length: seconds. width: of a mark, in % of the line.
export function marks_of(questions: Question[], length: number, width: number): Mark[] {
  const ends: number[] = []; // of the last mark at each height
  return [...questions]
    .sort((a, b) => a.at_s - b.at_s)
    .map((question) => {
      const left = (question.at_s / length) * 100;
      const free = ends.findIndex((end) => end <= left);
      const height = free >= 0 ? free : Math.min(ends.length, MOST_STACKED - 1);
      ends[height] = left + width;
      return { question, left, height };
    });
}
