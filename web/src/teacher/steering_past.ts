// What was practised while something was fixed, as counts in words. Pure but for the words.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { Practised, SteeringPeriod } from "../protocol";
import { share_in_words } from "../ui/suspects";
import { short_date } from "./dates";

export interface PastRow {
  who: string;
  what: string;
  when: string;
  during: string;
  before: string;
}

// what: how the teacher's steering is said.
export function past_row(period: SteeringPeriod, name: (pupil: number) => string, what: string): PastRow {
  const from = short_date(period.from_ms);
  return {
    who: period.pupil === 0 ? m.teacher_past_class() : name(period.pupil),
    what,
    when:
      period.to_ms === 0
        ? m.teacher_past_from({ from })
        : m.teacher_past_from_to({ from, to: short_date(period.to_ms) }),
    during: counts_of(period.during),
    before: counts_of(period.before),
  };
}

export function counts_of({ answers, right, pupils, gain }: Practised): string {
  if (answers === 0) return m.teacher_past_nothing();
  const counts = m.teacher_past_counts({
    count: answers,
    pupils: m.teacher_past_pupils({ count: pupils }),
    share: share_in_words(right / answers),
  });
  return `${counts}; ${m.teacher_past_gain({ gain: signed((10 * gain) / answers) })}`;
}

function signed(value: number): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: "exceptZero" } as const;
  return value.toLocaleString(language.current, digits);
}
