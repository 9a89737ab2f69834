// Marks that point things out: hops and arrows, braces, the "think first" sign, right and wrong.

import {faint, green, ink, orange, soft, white} from './theme.mjs';
import {clamp} from './motion.mjs';
import {area, disc, faded, group, outline, stroke} from './svg.mjs';
import {label} from './numbers.mjs';

const head = (x, y, angle, colour, size = 15) => {
  const corner = (turn) =>
    `${(x + size * Math.cos(angle + turn)).toFixed(2)} ${(y + size * Math.sin(angle + turn)).toFixed(2)}`;
  return area(`M${corner(0)}L${corner(2.3)}L${corner(-2.3)}Z`, {
    fill: colour,
    stroke: colour,
    strokeWidth: 3,
    strokeLinejoin: 'round',
  });
};

const grown = (d, grow, colour, width = 5) =>
  outline(d, {
    stroke: colour,
    strokeWidth: width,
    pathLength: 1,
    strokeDasharray: grow > 0.99 ? undefined : 1,
    strokeDashoffset: grow > 0.99 ? undefined : 1 - grow,
  });

// A curved arrow from (x1, y) to (x2, y), bulging up by `height` (down when negative), with a label at its top.
export function hop(x1, x2, y, height, grow, {text, size = 42, colour = ink} = {}) {
  if (grow < 0.02) return '';
  const control = y - height * 1.33;
  const angle = height > 0 ? 1.1 : -1.1;
  const top = y - height - (height > 0 ? 0.62 : -0.62) * size;
  return faded(
    1,
    grown(
      `M${x1} ${y}C${x1 + (x2 - x1) * 0.2} ${control} ${x2 - (x2 - x1) * 0.2} ${control} ${x2} ${y}`,
      grow,
      colour,
    ),
    faded(clamp(grow * 4 - 3), head(x2, y, x2 > x1 ? angle : Math.PI - angle, colour)),
    text ? faded(clamp(grow * 3 - 1), label(text, (x1 + x2) / 2, top, {size, fill: colour})) : '',
  );
}

export function arrow(x1, y1, x2, y2, grow, {colour = soft, width = 6} = {}) {
  if (grow < 0.02) return '';
  const [x, y] = [x1 + (x2 - x1) * grow, y1 + (y2 - y1) * grow];
  return (
    stroke(x1, y1, x, y, {stroke: colour, strokeWidth: width}) + head(x, y, Math.atan2(y2 - y1, x2 - x1), colour)
  );
}

// A brace along a horizontal span; it opens towards y, its tip lies at y + depth (above the span when negative).
export function brace(x1, x2, y, depth, grow = 1, colour = ink) {
  const middle = (x1 + x2) / 2;
  const [left, right] = [middle + (x1 - middle) * grow, middle + (x2 - middle) * grow];
  const half = depth / 2;
  const bend = Math.min(14, (right - left) / 5);
  return faded(
    grow,
    outline(
      `M${left} ${y}Q${left} ${y + half} ${left + bend} ${y + half}H${middle - bend}` +
        `Q${middle} ${y + half} ${middle} ${y + depth}` +
        `Q${middle} ${y + half} ${middle + bend} ${y + half}H${right - bend}` +
        `Q${right} ${y + half} ${right} ${y}`,
      {stroke: colour, strokeWidth: 5},
    ),
  );
}

// A question mark in a ring that empties while there is time to think; `left` goes from 1 to 0.
export function thinking(x, y, show, left, r = 46) {
  const length = 2 * Math.PI * r;
  return group(
    {x, y, opacity: show, scale: 0.7 + 0.3 * show},
    disc(0, 0, r, {fill: white, stroke: faint, strokeWidth: 10}),
    left > 0.01
      ? `<g transform="rotate(-90)">${disc(0, 0, r, {
          fill: 'none',
          stroke: orange.fill,
          strokeWidth: 10,
          strokeDasharray: `${(length * left).toFixed(1)} ${(length + 5).toFixed(1)}`,
        })}</g>`
      : '',
    label('?', 0, 0, {size: 56, fill: orange.text}),
  );
}

export const tickMark = (x, y, show, size = 34) =>
  group(
    {x, y, opacity: show, scale: 0.5 + 0.5 * show},
    disc(0, 0, size, {fill: green.fill}),
    outline(`M${-0.42 * size} ${0.02 * size}L${-0.1 * size} ${0.36 * size}L${0.46 * size} ${-0.36 * size}`, {
      stroke: white,
      strokeWidth: 0.2 * size,
    }),
  );

export function crossMark(x, y, show, size = 34) {
  const half = 0.36 * size;
  const d = `M${-half} ${-half}L${half} ${half}M${half} ${-half}L${-half} ${half}`;
  return group(
    {x, y, opacity: show, scale: 0.5 + 0.5 * show},
    disc(0, 0, size, {fill: white, stroke: orange.text, strokeWidth: 5}),
    outline(d, {stroke: orange.text, strokeWidth: 0.2 * size}),
  );
}
