// Numbers and signs: a label, a fraction, and a row of them such as 1/2 + 1/3 = 5/6. Sizes are font sizes in pixels; a
// position is the centre of what is drawn.

import {font, ink} from './theme.mjs';
import {mix} from './motion.mjs';
import {element, faded, group, stroke} from './svg.mjs';

// Advance widths of Andika Bold in em; a digit and any sign not listed is as wide as a digit.
const advances = {' ': 0.27, ',': 0.325, ':': 0.347, '%': 0.764, '?': 0.532, '+': 0.586, '−': 0.586, '×': 0.586};
const digitWidth = 0.605;
const middleOfDigit = 0.36;

export const widthOf = (text, size) =>
  [...String(text)].reduce((sum, sign) => sum + (advances[sign] ?? digitWidth), 0) * size;

export const label = (text, x, y, {size = 44, fill = ink, anchor = 'middle'} = {}) =>
  element(
    'text',
    {
      x,
      y: y + middleOfDigit * size,
      fontSize: size,
      fill,
      textAnchor: anchor,
      fontFamily: font.family,
      fontWeight: 700,
    },
    String(text),
  );

export function fractionLine(widest, x, y, size) {
  const half = widthOf(widest, size) / 2 + 0.12 * size;
  return stroke(x - half, y, x + half, y, {stroke: ink, strokeWidth: 0.085 * size});
}

// `show` fades the whole; `top`, `line` and `bottom` of `parts` fade on their own.
export function fraction(top, bottom, x, y, {size = 64, fill = ink, bottomFill = ink, show = 1, parts = {}} = {}) {
  const widest = widthOf(top, size) > widthOf(bottom, size) ? top : bottom;
  return faded(
    show,
    faded(parts.top ?? 1, label(top, x, y - 0.58 * size, {size, fill})),
    faded(parts.line ?? 1, fractionLine(widest, x, y, size)),
    faded(parts.bottom ?? 1, label(bottom, x, y + 0.58 * size, {size, fill: bottomFill})),
  );
}

// Tokens of a row: { width(size), draw(x, y, size) }.
export const frac = (top, bottom, style = {}) => ({
  width: (size) => Math.max(widthOf(top, size), widthOf(bottom, size)) + 0.24 * size,
  draw: (x, y, size) => fraction(top, bottom, x, y, {...style, size}),
});
export const word = (text, {show = 1, scale = 1, ...style} = {}) => ({
  width: (size) => widthOf(text, size * scale),
  draw: (x, y, size) => faded(show, label(text, x, y, {...style, size: size * scale})),
});

// A row of tokens around (x, y); every token keeps its place, shown or not.
export function row(tokens, x, y, {size = 64, gap = 0.36, show = 1, scale = 1} = {}) {
  const widths = tokens.map((token) => token.width(size));
  const total = widths.reduce((sum, width) => sum + width, 0) + gap * size * (tokens.length - 1);
  let left = -total / 2;
  const drawn = tokens.map((token, index) => {
    const centre = left + widths[index] / 2;
    left += widths[index] + gap * size;
    return token.draw(centre, 0, size);
  });
  return group({x, y, opacity: show, scale}, drawn);
}

// A label on its way from one place to another: places are {x, y, size}.
export const flying = (text, from, to, share, style = {}) =>
  label(text, mix(from.x, to.x, share), mix(from.y, to.y, share), {...style, size: mix(from.size, to.size, share)});
