// Ladders of ten rungs. A full ladder stays full until the next answer begins a new one.
export function ladder_of(count: number): { full: number; rungs: number } {
  if (count <= 0) return { full: 0, rungs: 0 };
  const rungs = ((count - 1) % 10) + 1;
  return { full: (count - rungs) / 10, rungs };
}
