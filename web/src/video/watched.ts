// Which part of a video was seen: a union of ranges in seconds.
export interface Range {
  from: number;
  to: number;
}

// Sorted, without overlap.
export function union(ranges: Range[]): Range[] {
  const sorted = ranges.filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  const joined: Range[] = [];
  for (const range of sorted) {
    const last = joined.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else joined.push({ ...range });
  }
  return joined;
}

// The share seen, 0–1. Of earlier visits only the share is known; it is taken to be the beginning.
export function watched_share(seen_before: number, played: Range[], seconds: number): number {
  if (seconds <= 0) return seen_before;
  const seen = union([{ from: 0, to: seen_before * seconds }, ...played]);
  const total = seen.reduce((sum, { from, to }) => sum + Math.min(to, seconds) - Math.min(from, seconds), 0);
  return Math.min(1, Math.max(seen_before, total / seconds));
}

export function ranges_of(played: TimeRanges): Range[] {
  return Array.from({ length: played.length }, (_, index) => ({ from: played.start(index), to: played.end(index) }));
}

// 80 → "1:20"
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// The chapter playing at a moment; -1 before the first.
export function chapter_at(chapters: { at_s: number }[], seconds: number): number {
  return chapters.findLastIndex(({ at_s }) => at_s <= seconds + 0.05);
}
