// Understanding percentages: cells of a hundred, the handy ones (50, 25, 10 and 1 per cent), and a part of an amount.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {clamp, range, staggered} from '../lib/motion.mjs';
import {blue, green, orange} from '../lib/theme.mjs';
import {faded} from '../lib/svg.mjs';
import {frac, label, row, word} from '../lib/numbers.mjs';
import {bar, cutsInto, grid} from '../lib/shapes.mjs';
import {thinking} from '../lib/marks.mjs';

const script = [
  chapter('Van de honderd', 'Out of a hundred'),
  cue('hundred', 4, {
    nl: 'Dit vierkant heeft 100 hokjes. Dat is 100%.',
    en: 'This square has 100 cells. That is 100%.',
  }),
  cue('one', 4, {
    nl: 'Eén hokje van de honderd is 1%.',
    en: 'One cell out of a hundred is 1%.',
  }),
  cue('ten', 4, {
    nl: 'Eén rij is 10 hokjes: 10%, dus een tiende.',
    en: 'One row is 10 cells: 10%, so one tenth.',
  }),
  cue('half', 4, {
    nl: 'De helft is 50 hokjes: 50%.',
    en: 'Half is 50 cells: 50%.',
  }),
  cue('quarter', 4, {
    nl: 'Een kwart is 25 hokjes: 25%.',
    en: 'A quarter is 25 cells: 25%.',
  }),
  chapter('Procenten van een bedrag', 'Percentages of an amount'),
  cue('amount', 4, {
    nl: 'Een fiets kost 200 euro. Dat is 100%.',
    en: 'A bike costs 200 euros. That is 100%.',
  }),
  cue('halfAmount', 4, {
    nl: '50% is de helft: 100 euro.',
    en: '50% is half: 100 euros.',
  }),
  cue('tenAmount', 4.5, {
    nl: '10% is een tiende: 200 gedeeld door 10 is 20.',
    en: '10% is one tenth: 200 divided by 10 is 20.',
  }),
  cue('oneAmount', 4.5, {
    nl: '1% is een honderdste: 200 gedeeld door 100 is 2.',
    en: '1% is one hundredth: 200 divided by 100 is 2.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 4, {
    nl: 'Een trui kost 80 euro. Hoeveel is 25% daarvan?',
    en: 'A jumper costs 80 euros. How much is 25% of that?',
  }),
  ...thinkFirst,
  cue('fourth', 4.5, {
    nl: '25% is een kwart. Deel dus door 4.',
    en: '25% is a quarter. So divide by 4.',
  }),
  cue('twenty', 4, {
    nl: '80 gedeeld door 4 is 20 euro.',
    en: '80 divided by 4 is 20 euros.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: '50% is de helft, 25% een kwart, 10% een tiende.',
    en: '50% is half, 25% a quarter, 10% a tenth.',
  }),
  pause('end', 1.5),
];

const square = {x: 120, y: 84, size: 440, rows: 10, columns: 10};
const price = {x: 140, y: 190, width: 1000, height: 130};
const said = {x: 890, y: 304};

// The cells that are coloured while a cue lasts: how many rows and columns of them, from the top left.
function colouredCells(c) {
  if (c.t < c.step('one').from) return () => false;
  if (c.t < c.step('ten').from) return (r, column) => r + column === 0;
  if (c.t < c.step('half').from) return (r, column) => r === 0 && column < 1 + 9 * c.from('ten', {over: 1});
  if (c.t < c.step('quarter').from) return (r) => r < 1 + 4 * c.from('half', {over: 1.2});
  const width = 10 - 5 * c.from('quarter', {over: 1.2});
  return (r, column) => r < 5 && column < width;
}

function cells(c) {
  const coloured = colouredCells(c);
  const share = (name, until, percent, bottom) =>
    row(
      bottom
        ? [word(percent), word('='), frac(1, bottom, {fill: blue.text, bottomFill: green.text})]
        : [word(percent)],
      said.x,
      said.y,
      {size: 110, gap: 0.32, show: c.between(name, until, {after: 1})},
    );
  return faded(
    1 - c.from('amount', {after: 0, over: 0.3}),
    grid({
      ...square,
      fillOf: (r, column) => (coloured(r, column) ? blue.fill : orange.tint),
      rowLines: c.from('hundred', {over: 1.6}),
      columnLines: c.from('hundred', {after: 0.8, over: 1.6}),
      thin: 3,
    }),
    share('hundred', 'one', '100%'),
    share('one', 'ten', '1%', 100),
    share('ten', 'half', '10%', 10),
    share('half', 'quarter', '50%', 2),
    share('quarter', 'amount', '25%', 4),
  );
}

// A bar with percentages above it and euros under it; `marks`: [{at, percent, euros, show}].
const doubleBar = (settings, marks) => [
  bar({...price, fill: orange.tint, ...settings}),
  marks.map(({at, percent, euros, show = 1, told = 1, anchor}) => {
    const x = price.x + at * price.width;
    return faded(
      show,
      label(percent, x, price.y - 44, {size: 54, fill: blue.text, anchor}),
      faded(told, label(euros, x, price.y + price.height + 48, {size: 54, anchor})),
    );
  }),
];

const told = (c, name, until, tokens) =>
  row(
    tokens.map((text) => word(text)),
    640,
    480,
    {size: 80, show: c.between(name, until, {after: 1.6})},
  );

function bike(c) {
  const until = (name, next) => c.between(name, next, {after: 0.6});
  const tenths = clamp(c.from('tenAmount', {over: 1.4}));
  const hundredths = c.from('oneAmount', {over: 1.4});
  const share =
    c.t < c.step('tenAmount').from
      ? 0.5 * c.from('halfAmount', {over: 1})
      : 0.5 - 0.4 * c.from('tenAmount', {after: 0.8, over: 1}) - 0.09 * c.from('oneAmount', {after: 1, over: 1});
  const cuts = [
    ...cutsInto(2, c.from('halfAmount')),
    ...cutsInto(10, tenths, {except: 2}),
    ...range(9).map((index) => ({at: (index + 1) / 100, grow: hundredths, width: 2})),
  ];
  return faded(
    c.between('amount', 'ask', {after: 0.4}),
    doubleBar({shades: [{from: 0, to: share}], cuts}, [
      {at: 1, percent: '100%', euros: '€ 200'},
      {at: 0.5, percent: '50%', euros: '€ 100', show: until('halfAmount', 'tenAmount')},
      {at: 0.1, percent: '10%', euros: '€ 20', show: until('tenAmount', 'oneAmount')},
      {at: 0.01, percent: '1%', euros: '€ 2', show: c.from('oneAmount', {after: 1.8})},
    ]),
    told(c, 'halfAmount', 'tenAmount', ['200', ':', '2', '=', '100']),
    told(c, 'tenAmount', 'oneAmount', ['200', ':', '10', '=', '20']),
    told(c, 'oneAmount', 'ask', ['200', ':', '100', '=', '2']),
  );
}

function jumper(c) {
  return faded(
    c.between('ask', 'rule', {after: 0.4}),
    doubleBar(
      {
        shades: [{from: 0, to: 1 / 4, opacity: c.from('ask', {after: 1, over: 0.8})}],
        cuts: [{at: 1 / 4, grow: c.from('ask', {after: 0.8})}, ...cutsInto(4, c.from('fourth', {over: 1.4}))],
      },
      [
        {at: 1, percent: '100%', euros: '€ 80'},
        {
          at: 1 / 4,
          percent: '25%',
          euros: '€ 20',
          show: c.from('ask', {after: 1}),
          told: c.from('twenty', {after: 1.6}),
        },
      ],
    ),
    thinking(640, 470, c.between('ask', 'fourth', {after: 1.6}), c.left('thinking')),
    row(
      [
        word('80'),
        word(':'),
        word('4', {fill: green.text}),
        word('='),
        word('20', {show: c.from('twenty', {after: 0.6})}),
      ],
      640,
      480,
      {size: 80, show: c.from('fourth', {after: 1.6})},
    ),
  );
}

const rule = (c) =>
  faded(
    c.from('rule', {after: 0.3}),
    [
      [50, 2],
      [25, 4],
      [10, 10],
    ].map(([percent, parts], index) => {
      const y = 124 + 164 * index;
      return faded(
        staggered(c.run('rule', {after: 0.3, over: 3}), index, 3, 0.2),
        bar({
          x: 130,
          y: y - 50,
          width: 560,
          height: 100,
          fill: orange.tint,
          shades: [{from: 0, to: 1 / parts}],
          cuts: cutsInto(parts),
        }),
        row([word(`${percent}%`), word('='), frac(1, parts, {fill: blue.text, bottomFill: green.text})], 950, y, {
          size: 70,
        }),
      );
    }),
  );

export default scene(
  {
    id: 'procenten-begrijpen',
    topic: 'procenten-begrijpen',
    title: {nl: 'Wat is procent?', en: 'What is per cent?'},
    poster: 'quarter',
  },
  script,
  (c) => [cells(c), bike(c), jumper(c), rule(c)],
);
