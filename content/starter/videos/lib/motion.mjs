// Time as a value: how far a movement is, eased, and what lies between two values.

export const clamp = (value, low = 0, high = 1) => Math.min(high, Math.max(low, value));
export const mix = (from, to, share) => from + (to - from) * share;
export const ease = (share) => {
  const s = clamp(share);
  return s * s * (3 - 2 * s);
};
export const range = (count) => Array.from({length: count}, (_, index) => index);

// The part of a movement (0..1) that element `index` of `count` has done when the elements start one after another.
export const staggered = (share, index, count, overlap = 0.6) => {
  const span = 1 / (1 + (count - 1) * (1 - overlap));
  return ease((share - index * span * (1 - overlap)) / span);
};

const channels = (colour) => [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));

export function mixColour(from, to, share) {
  const [low, high] = [channels(from), channels(to)];
  const mixed = low.map((value, index) => Math.round(mix(value, high[index], clamp(share))));
  return '#' + mixed.map((value) => value.toString(16).padStart(2, '0')).join('');
}
