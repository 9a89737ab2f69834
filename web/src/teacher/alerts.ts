// What asks for a teacher's attention, in plain words, with what one could do about it.
import { m } from "../paraglide/messages.js";
import type { AlertRow } from "../protocol";
import { percent } from "./belief";
import { plan_link, pupil_link } from "./route";

// More at once than this is no help to a teacher; the rest stands behind a button.
export const SHOWN_AT_ONCE = 4;
// So many pupils in trouble on one topic share a card: what helps is a lesson, not a word with each.
export const SHARED_FROM = 3;

export interface Action {
  text: string;
  href: string;
}

export const key_of = ({ pupil, kind }: AlertRow) => `${pupil} ${kind}`;

// A card for each alert, but one for all who are stuck on the same topic, where the likeliest of them would stand.
export function cards_of(alerts: AlertRow[]): AlertRow[][] {
  const cards: AlertRow[][] = [];
  for (const alert of alerts) {
    const same = alerts.filter(({ kind, topic }) => kind === "stuck" && kind === alert.kind && topic === alert.topic);
    if (same.length < SHARED_FROM) cards.push([alert]);
    else if (same[0] === alert) cards.push(same);
  }
  return cards;
}

export function alert_sentence({ kind, cause }: AlertRow, name: string, topic: string): string {
  switch (cause === "" ? kind : cause) {
    case "stuck":
      return m.teacher_alert_stuck({ name, topic });
    case "too-hard":
      return m.teacher_alert_too_hard({ name, topic });
    case "pool-too-easy":
      return m.teacher_alert_pool_too_easy({ name });
    case "coasting":
      return m.teacher_alert_coasting({ name });
    case "disengaged":
      return m.teacher_alert_disengaged({ name });
    case "sudden-drop":
      return m.teacher_alert_sudden_drop({ name });
    default:
      return m.teacher_alert_hint_abuse({ name });
  }
}

export function alert_why({ kind, cause }: AlertRow, topic: string): string {
  switch (cause === "" ? kind : cause) {
    case "stuck":
      return m.teacher_alert_stuck_why();
    case "too-hard":
      return m.teacher_alert_too_hard_why();
    case "pool-too-easy":
      return m.teacher_alert_pool_too_easy_why({ topic });
    case "coasting":
      return m.teacher_alert_coasting_why();
    case "disengaged":
      return m.teacher_alert_disengaged_why();
    case "sudden-drop":
      return m.teacher_alert_sudden_drop_why();
    default:
      return m.teacher_alert_hint_abuse_why();
  }
}

export function alert_evidence({ probability, evidence }: AlertRow, since: string): string {
  return m.teacher_alert_evidence({ chance: percent(probability), count: evidence, since });
}

// The first one is what we would do.
export function actions_for([{ kind, pupil, topic }, ...others]: AlertRow[]): Action[] {
  const look = { text: m.teacher_alert_look(), href: pupil_link(pupil, kind === "stuck" ? topic : "") };
  if (kind !== "stuck" || topic === "") return [look];
  const plan = { text: m.teacher_alert_plan(), href: plan_link(topic) };
  return others.length === 0 ? [look, plan] : [plan];
}
