// Minutes of the day as an input of type time writes them. Pure.

const LAST = 24 * 60;

// The end of the day, which such an input cannot hold, is shown as its last minute.
export function clock_text(minutes: number): string {
  const shown = Math.min(minutes, LAST - 1);
  return `${String(Math.floor(shown / 60)).padStart(2, "0")}:${String(shown % 60).padStart(2, "0")}`;
}

export function minutes_in(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  const minutes = 60 * hour + minute;
  return minutes === LAST - 1 ? LAST : minutes;
}
