// Days and moments in the words of the page's language.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

// The date here, YYYY-MM-DD.
export function date_of(at: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function today(): string {
  return date_of(new Date());
}

// The Sunday that ends the week of this day; on a Sunday the next one, for it is planned ahead.
export function end_of_week(day: Date): string {
  const end = new Date(day);
  end.setDate(day.getDate() + 7 - day.getDay());
  return date_of(end);
}

// "2026-11-25" → "woensdag 25 november"; today and tomorrow by their names.
export function day_text(date: string): string {
  if (date === today()) return m.teacher_today();
  if (date === date_of(new Date(Date.now() + DAY_MS))) return m.teacher_tomorrow();
  return format(new Date(`${date}T12:00`), { weekday: "long", day: "numeric", month: "long" });
}

export function time_text(at_ms: number): string {
  return format(new Date(at_ms), { hour: "2-digit", minute: "2-digit" });
}

export function short_date(at_ms: number): string {
  return format(new Date(at_ms), { day: "numeric", month: "short" });
}

// When something was asked: the time today, else the day.
export function asked_text(at_ms: number): string {
  return date_of(new Date(at_ms)) === today() ? time_text(at_ms) : short_date(at_ms);
}

// How long ago, roughly.
export function ago_text(at_ms: number, now_ms: number): string {
  if (at_ms === 0) return m.teacher_never();
  const minutes = Math.floor((now_ms - at_ms) / MINUTE_MS);
  if (minutes < 2) return m.teacher_just_now();
  if (minutes < 60) return m.teacher_minutes_ago({ minutes });
  const date = date_of(new Date(at_ms));
  return date === today() ? m.teacher_at_time({ time: time_text(at_ms) }) : day_or_date(at_ms, now_ms);
}

function day_or_date(at_ms: number, now_ms: number): string {
  const near = now_ms - at_ms < 6 * DAY_MS;
  return near ? format(new Date(at_ms), { weekday: "long" }) : short_date(at_ms);
}

// 75 s → "1:15 min"
export function duration_text(elapsed_ms: number): string {
  const seconds = Math.max(1, Math.round(elapsed_ms / 1000));
  if (seconds < 60) return m.teacher_seconds({ seconds });
  return m.teacher_minutes({ clock: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` });
}

function format(at: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language.current === "nl" ? "nl-NL" : "en-GB", options).format(at);
}
