// For tests of the teacher's page: rows with what matters filled in.
import type { AlertRow, Cell, HistoryEntry, LessonPupil, PupilRow, Question, TopicRow } from "../protocol";

export function cell(given: Partial<Cell> = {}): Cell {
  return { mean: 0, sd: 0.5, mastery: 0.5, ready: 1, trend: 0, answers: 5, ...given };
}

export function pupil(id: number, given: Partial<PupilRow> = {}): PupilRow {
  return {
    id,
    name: `Pupil ${id}`,
    online: false,
    last_active_ms: 0,
    answers_today: 0,
    right_today: 0,
    now_kind: "nothing",
    now_topic: "",
    now_reason: "",
    cells: [],
    ...given,
  };
}

export function alert(pupil: number, given: Partial<AlertRow> = {}): AlertRow {
  return { pupil, kind: "stuck", cause: "", topic: "schaal", probability: 0.9, evidence: 20, since_ms: 0, ...given };
}

export function topic(id: string, given: Partial<TopicRow> = {}): TopicRow {
  return {
    id,
    title: id,
    goal: "",
    domain: "Breuken",
    school_year: "groep 7",
    reference: "1F",
    level: 0,
    cut: 0,
    prerequisites: [],
    enrichment: false,
    items: 6,
    ...given,
  };
}

export function entry(number: number, given: Partial<HistoryEntry> = {}): HistoryEntry {
  const belief = { predicted: 0.7, target: 0.75, mastery: 0.3 };
  const reason = { code: "frontier", topic: "", ...belief, probability: 0.1, candidates: 9 };
  return {
    number,
    at_ms: number * 60_000,
    kind: "exercise",
    item: "",
    topic: "schaal",
    body: [],
    answer: "",
    correct_answer: [],
    right: true,
    hints: 0,
    elapsed_ms: 5000,
    rapid: false,
    reason,
    mean_after: 0,
    sd_after: 0.5,
    ...given,
  };
}

export function lesson_pupil(id: number, given: Partial<LessonPupil> = {}): LessonPupil {
  return { id, name: `Pupil ${id}`, watched: 0, readiness: 0.5, sd: 0.5, checks_done: 0, checks_right: 0, ...given };
}

export function question(at_s: number): Question {
  return { pupil: 1, name: "Noor", at_s, text: "Waarom?", asked_ms: at_s };
}
