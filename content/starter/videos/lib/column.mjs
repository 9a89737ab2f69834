// Three bars under each other with their fractions beside them: two that are added or taken away, and what comes of it.
// The bars are equally long, so a piece that falls from one to another shows its true size.

import {blue, ink} from './theme.mjs';
import {mix} from './motion.mjs';
import {faded} from './svg.mjs';
import {fraction, label} from './numbers.mjs';
import {bar, piece} from './shapes.mjs';

const left = 100;
const width = 770;
const height = 100;
const centres = [118, 274, 470];
const numbersAt = 1080;
const signsAt = 968;

export const at = (share) => left + share * width;
export const centre = (row) => centres[row];

export const rowBar = (row, {show = 1, ...style} = {}) =>
  faded(show, bar({x: left, y: centres[row] - height / 2, width, height, ...style}));

export const rowFraction = (row, top, bottom, style = {}) =>
  fraction(top, bottom, numbersAt, centres[row], {size: 62, ...style});

export const rowSign = (row, sign, show) => faded(show, label(sign, signsAt, centres[row], {size: 64}));

// Part of row `from` (a share `start`..`end` of the bar) on its way to row `to`, where it starts at share `landing`.
export const falling = ({from, to = 2, start, end, landing = start, share, fill = blue.fill}) =>
  share < 0.01
    ? ''
    : piece(
        at(mix(start, landing, share)),
        mix(centres[from], centres[to], share) - height / 2,
        (end - start) * width,
        height,
        fill,
      );

export const counted = (row, share, text, show) =>
  faded(show, label(text, at(share), centres[row], {size: 48, fill: ink}));
