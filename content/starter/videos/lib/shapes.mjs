// Wholes that can be shared out: a bar, a round, a grid, a number line. All of them are drawn from shares of the whole
// (0..1), so cuts and shades can slide and grow.

import {blue, ink, soft, white} from './theme.mjs';
import {clamp, range} from './motion.mjs';
import {area, disc, rectangle, stroke} from './svg.mjs';
import {label} from './numbers.mjs';

// Cuts that share a whole into equal parts; `except` leaves out the cuts of a coarser sharing.
export const cutsInto = (parts, grow = 1, {except = 0, ...style} = {}) =>
  range(parts - 1)
    .map((index) => (index + 1) / parts)
    .filter((at) => !except || Math.abs(at * except - Math.round(at * except)) > 1e-9)
    .map((at) => ({at, grow, ...style}));

// `shades`: [{from, to, fill, opacity}]; `cuts`: [{at, grow, width}], growing from the top edge down.
export function bar({x, y, width, height, shades = [], cuts = [], fill = white}) {
  return [
    rectangle(x, y, width, height, {rx: 7, fill}),
    shades
      .filter(({opacity = 1}) => opacity > 0.02)
      .map(({from, to, fill: shade = blue.fill, opacity}) =>
        rectangle(x + from * width, y, (to - from) * width, height, {rx: 4, fill: shade, fillOpacity: opacity}),
      ),
    cuts
      .filter(({grow}) => grow > 0.01)
      .map(({at, grow, width: thickness = 4}) =>
        stroke(x + at * width, y, x + at * width, y + clamp(grow) * height, {stroke: ink, strokeWidth: thickness}),
      ),
    rectangle(x, y, width, height, {rx: 7, fill: 'none', stroke: ink, strokeWidth: 5}),
  ]
    .flat(Infinity)
    .join('');
}

// One loose piece of a bar.
export const piece = (x, y, width, height, fill = blue.fill) =>
  rectangle(x, y, width, height, {rx: 6, fill, stroke: ink, strokeWidth: 4});

const onCircle = (cx, cy, r, turn) => {
  const angle = 2 * Math.PI * (turn - 0.25);
  const [x, y] = [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
};

// The outline of a piece of a round, between two turns (0..1) clockwise from the top.
export const sector = (cx, cy, r, from, to) =>
  `M${cx} ${cy}L${onCircle(cx, cy, r, from)}A${r} ${r} 0 ${to - from > 0.5 ? 1 : 0} 1 ${onCircle(cx, cy, r, to)}Z`;

// A round whole, shared from the top clockwise; `fillOf(index)` colours a part, `grow` draws the cuts from the middle.
export function round({cx, cy, r, parts, grow = 1, fillOf = () => white, fill = white}) {
  const ends = range(parts).map((index) =>
    onCircle(cx, cy, r * clamp(grow), index / parts)
      .split(' ')
      .map(Number),
  );
  return [
    disc(cx, cy, r, {fill}),
    range(parts)
      .filter((index) => fillOf(index) !== fill)
      .map((index) => area(sector(cx, cy, r, index / parts, (index + 1) / parts), {fill: fillOf(index)})),
    grow > 0.01 ? ends.map(([x, y]) => stroke(cx, cy, x, y, {stroke: ink, strokeWidth: 4})) : [],
    disc(cx, cy, r, {fill: 'none', stroke: ink, strokeWidth: 5}),
  ]
    .flat(Infinity)
    .join('');
}

// The middle of part `index` of a round, at a share of its radius.
export function inRound({cx, cy, r, parts}, index, share = 0.65) {
  const [x, y] = onCircle(cx, cy, r * share, (index + 0.5) / parts)
    .split(' ')
    .map(Number);
  return {x, y};
}

// A square of rows × columns; `fillOf(row, column)`; thin lines grow with `lines`, bold ones part the columns or rows.
export function grid({x, y, size, rows, columns, fillOf = () => white, rowLines = 1, columnLines = 1, thin = 2}) {
  const [width, height] = [size / columns, size / rows];
  const cells = range(rows).flatMap((r) => range(columns).map((c) => [r, c, fillOf(r, c)]));
  return [
    rectangle(x, y, size, size, {rx: 5, fill: white}),
    cells
      .filter(([, , fill]) => fill !== white)
      .map(([r, c, fill]) => rectangle(x + c * width, y + r * height, width + 0.3, height + 0.3, {fill})),
    rowLines > 0.01
      ? range(rows - 1).map((r) =>
          stroke(x, y + (r + 1) * height, x + size * clamp(rowLines), y + (r + 1) * height, {
            stroke: ink,
            strokeWidth: thin,
            strokeLinecap: 'butt',
          }),
        )
      : [],
    columnLines > 0.01
      ? range(columns - 1).map((c) =>
          stroke(x + (c + 1) * width, y, x + (c + 1) * width, y + size * clamp(columnLines), {
            stroke: ink,
            strokeWidth: thin,
            strokeLinecap: 'butt',
          }),
        )
      : [],
    rectangle(x, y, size, size, {rx: 5, fill: 'none', stroke: ink, strokeWidth: 5}),
  ]
    .flat(Infinity)
    .join('');
}

// A number line; `labels`: [{at, text, show}] under it, `ticks` equal steps that grow, `long(index)` marks long ones.
export function numberLine({x, y, width, ticks, grow = 1, labels = [], long = () => false, size = 40}) {
  return [
    stroke(x, y, x + width, y, {stroke: ink, strokeWidth: 6}),
    grow > 0.01
      ? range(ticks + 1).map((index) => {
          const half = (long(index) ? 24 : 15) * clamp(grow);
          const at = x + (index / ticks) * width;
          return stroke(at, y - half, at, y + half, {
            stroke: long(index) ? ink : soft,
            strokeWidth: long(index) ? 5 : 4,
          });
        })
      : [],
    labels.map(({at, text, fill = ink}) => label(text, x + at * width, y + 24 + 0.72 * size, {size, fill})),
  ]
    .flat(Infinity)
    .join('');
}
