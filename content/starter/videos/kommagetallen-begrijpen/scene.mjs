// Understanding decimals: a square of 1 in ten strips and a hundred cells, and which of 0.4 and 0.35 is more.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {staggered} from '../lib/motion.mjs';
import {blue, green, orange, soft} from '../lib/theme.mjs';
import {faded} from '../lib/svg.mjs';
import {fraction, label, row, widthOf, word} from '../lib/numbers.mjs';
import {grid, numberLine} from '../lib/shapes.mjs';
import {arrow, hop, thinking} from '../lib/marks.mjs';

const script = [
  chapter('Tienden', 'Tenths'),
  cue('one', 3, {
    nl: 'Dit hele vierkant is 1.',
    en: 'This whole square is 1.',
  }),
  cue('tenths', 4.5, {
    nl: 'Verdeel het in tien gelijke stroken: tienden.',
    en: 'Share it into ten equal strips: tenths.',
  }),
  cue('three', 4.5, {
    nl: 'Drie stroken zijn drie tienden. Je schrijft 0,3.',
    en: 'Three strips are three tenths: 0.3, here written 0,3.',
  }),
  chapter('Honderdsten', 'Hundredths'),
  cue('hundredths', 4.5, {
    nl: 'Verdeel elke strook in tien hokjes: honderdsten.',
    en: 'Share every strip into ten cells: hundredths.',
  }),
  cue('five', 4.5, {
    nl: 'Kleur er vijf hokjes bij. Dat zijn vijf honderdsten.',
    en: 'Colour five more cells. Those are five hundredths.',
  }),
  cue('read', 4.5, {
    nl: 'Er staat 0,35: drie tienden en vijf honderdsten.',
    en: 'It says 0.35: three tenths and five hundredths.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 3.5, {
    nl: 'Wat is meer: 0,4 of 0,35?',
    en: 'Which is more: 0.4 or 0.35?',
  }),
  ...thinkFirst,
  cue('forty', 4.5, {
    nl: 'Vier tienden, dat zijn veertig honderdsten: 0,40.',
    en: 'Four tenths, that is forty hundredths: 0.40.',
  }),
  cue('more', 4.5, {
    nl: '40 is meer dan 35. Dus is 0,4 meer dan 0,35.',
    en: '40 is more than 35. So 0.4 is more than 0.35.',
  }),
  chapter('Afronden', 'Rounding'),
  cue('between', 4, {
    nl: 'Op de getallenlijn ligt 0,37 tussen 0,3 en 0,4.',
    en: 'On the number line 0.37 is between 0.3 and 0.4.',
  }),
  cue('near', 4.5, {
    nl: '0,4 ligt het dichtstbij. Je rondt dus af op 0,4.',
    en: '0.4 is nearest. So you round to 0.4.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Kijk eerst naar de tienden. Dan pas naar de honderdsten.',
    en: 'First look at the tenths. Only then at the hundredths.',
  }),
  pause('end', 1.5),
];

const square = {x: 120, y: 84, size: 440, rows: 10, columns: 10};
const number = {x: 890, y: 250};

const digits = (x, y, size, tenths, hundredths, show = 1) =>
  row(
    [word('0'), word(','), word(3, {fill: blue.text, show: tenths}), word(5, {fill: orange.text, show: hundredths})],
    x,
    y,
    {size, gap: 0.06, show},
  );

// Which digit counts strips and which counts cells.
function places(x, y, size, tenths, hundredths) {
  const right = (widthOf('0,00', size) + 0.18 * size) / 2;
  const [strip, cell] = [x + right - 1.5 * widthOf(0, size) - 0.06 * size, x + right - 0.5 * widthOf(0, size)];
  const below = y + 0.5 * size;
  return [
    faded(
      tenths,
      arrow(strip, below + 60, strip, below + 12, 1, {colour: blue.text}),
      fraction(1, 10, strip - 14, below + 128, {size: 50, fill: blue.text, bottomFill: blue.text}),
    ),
    faded(
      hundredths,
      arrow(cell, below + 60, cell, below + 12, 1, {colour: orange.text}),
      fraction(1, 100, cell + 40, below + 128, {size: 50, fill: orange.text, bottomFill: orange.text}),
    ),
  ];
}

function square35(c) {
  const strips = c.run('three', {after: 0.3, over: 1.8});
  const cells = c.run('five', {after: 0.3, over: 2});
  const coloured = (r, column) => {
    if (column < 3) return staggered(strips, column, 3, 0) > 0.5 ? blue.fill : orange.tint;
    return column === 3 && r < 5 && staggered(cells, r, 5, 0) > 0.5 ? orange.fill : orange.tint;
  };
  const second = c.from('five', {after: 2.4});
  return faded(
    1 - c.from('ask', {after: 0, over: 0.3}),
    grid({
      ...square,
      fillOf: coloured,
      columnLines: c.from('tenths', {over: 1.6}),
      rowLines: c.from('hundredths', {over: 1.8}),
      thin: 3,
    }),
    faded(1 - c.from('three', {after: 1.6, over: 0.4}), label(1, number.x, number.y, {size: 150})),
    digits(number.x, number.y, 150, 1, second, c.from('three', {after: 2.2})),
    places(number.x, number.y, 150, c.from('read', {after: 0.6}), c.from('read', {after: 2})),
  );
}

function comparing(c) {
  const filled = c.run('forty', {after: 0.4, over: 1.6});
  const left = {x: 200, y: 62, size: 350, rows: 10, columns: 10};
  const cut = c.from('forty', {after: 2, over: 1});
  const first = (r, column) => (column < 4 && staggered(filled, column, 4, 0) > 0.5 ? blue.fill : orange.tint);
  const second = (r, column) => (column < 3 ? blue.fill : column === 3 && r < 5 ? orange.fill : orange.tint);
  return faded(
    c.between('ask', 'between', {after: 0.3}),
    faded(
      c.from('forty', {after: 0}),
      grid({...left, fillOf: first, rowLines: cut}),
      grid({...left, x: 730, fillOf: second}),
    ),
    row(
      [
        word('0'),
        word(','),
        word(4, {fill: blue.text}),
        word('0', {fill: soft, show: c.from('forty', {after: 2.6})}),
      ],
      375,
      482,
      {size: 100, gap: 0.06},
    ),
    digits(905, 482, 100, 1, 1),
    faded(c.from('more', {after: 1}), label('>', 640, 482, {size: 110, fill: green.text})),
    thinking(640, 250, c.between('ask', 'forty', {after: 1.2}), c.left('thinking'), 60),
  );
}

function rounding(c) {
  const line = {x: 140, y: 330, width: 1000};
  const pointed = c.from('between', {after: 1.4});
  const at = line.x + 0.7 * line.width;
  const steps = c.from('near', {after: 0.4, over: 1});
  return faded(
    c.between('between', 'rule', {after: 0.4}),
    numberLine({
      ...line,
      ticks: 10,
      grow: c.from('between', {after: 0.6}),
      long: (index) => index % 10 === 0,
      size: 60,
      labels: [
        {at: 0, text: '0,3'},
        {at: 1, text: '0,4'},
      ],
    }),
    faded(
      pointed,
      arrow(at, 400, at, 352, 1, {colour: orange.text}),
      label('0,37', at, 440, {size: 60, fill: orange.text}),
    ),
    hop(at - 8, line.x + 8, 300, 90, steps, {text: 7, size: 56, colour: soft}),
    hop(at + 8, line.x + line.width - 8, 300, 90, c.from('near', {after: 1.6, over: 1}), {
      text: 3,
      size: 56,
      colour: green.text,
    }),
  );
}

const rule = (c) =>
  faded(
    c.from('rule', {after: 0.3}),
    digits(640, 220, 220, 1, 1),
    places(640, 220, 220, c.from('rule', {after: 0.8}), c.from('rule', {after: 2.4})),
  );

export default scene(
  {
    id: 'kommagetallen-begrijpen',
    topic: 'kommagetallen-begrijpen',
    title: {nl: 'Cijfers achter de komma', en: 'Digits after the decimal point'},
    poster: 'read',
  },
  script,
  (c) => [square35(c), comparing(c), rounding(c), rule(c)],
);
