// The ratio table: eggs and pancakes grow together, always by the same factor above and below.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {mix, range, staggered} from '../lib/motion.mjs';
import {blue, green, ink, orange, soft, white} from '../lib/theme.mjs';
import {area, faded, group, oval, rectangle, stroke} from '../lib/svg.mjs';
import {label} from '../lib/numbers.mjs';
import {hop, thinking} from '../lib/marks.mjs';

const script = [
  chapter('Samen groeien', 'Growing together'),
  cue('recipe', 4, {
    nl: 'Met 2 eieren bak je 8 pannenkoeken.',
    en: 'With 2 eggs you bake 8 pancakes.',
  }),
  cue('table', 4, {
    nl: 'Zet dat in een tabel: boven eieren, onder pannenkoeken.',
    en: 'Put it in a table: eggs above, pancakes below.',
  }),
  cue('triple', 4.5, {
    nl: 'Maak je het recept drie keer? Dan wordt alles keer 3.',
    en: 'Make the recipe three times? Then all is times 3.',
  }),
  cue('six', 4.5, {
    nl: 'Boven keer 3 en onder keer 3: 6 en 24.',
    en: 'Above times 3 and below times 3: 6 and 24.',
  }),
  chapter('Terug naar 1', 'Back to 1'),
  cue('single', 4, {
    nl: 'En met 1 ei? Dat is de helft.',
    en: 'And with 1 egg? That is half.',
  }),
  cue('four', 4.5, {
    nl: 'Deel boven en onder door 2: 1 en 4.',
    en: 'Divide above and below by 2: 1 and 4.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 4, {
    nl: 'Hoeveel pannenkoeken bak je met 5 eieren?',
    en: 'How many pancakes do you bake with 5 eggs?',
  }),
  ...thinkFirst,
  cue('via', 4.5, {
    nl: 'Ga via 1 ei. Van 1 naar 5 is keer 5.',
    en: 'Go through 1 egg. From 1 to 5 is times 5.',
  }),
  cue('twenty', 4.5, {
    nl: 'Dus ook onder keer 5: 20 pannenkoeken.',
    en: 'So also times 5 below: 20 pancakes.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Boven en onder doe je altijd precies hetzelfde.',
    en: 'Above and below you always do exactly the same.',
  }),
  pause('end', 1.5),
];

const table = {x: 190, y: 286, row: 88, columns: [390, 590, 790, 990], right: 1090};
const upper = table.y + table.row / 2;
const lower = upper + table.row;

const egg = (x, y, size) =>
  group(
    {x, y, scale: size},
    area('M0 -34C17 -34 26 -8 26 6C26 22 14 32 0 32C-14 32 -26 22 -26 6C-26 -8 -17 -34 0 -34Z', {
      fill: orange.tint,
      stroke: ink,
      strokeWidth: 4,
    }),
  );
const pancake = (x, y, width = 58) =>
  oval(x, y, width, 0.3 * width, {fill: orange.fill, stroke: ink, strokeWidth: 4});
const stack = (x, bottom, count, width) => range(count).map((index) => pancake(x, bottom - 19 * index, width));

// One recipe, two eggs and two stacks of four pancakes, with its second half faded as asked.
const portion = (x, {second = 1, y = 144, scale = 1} = {}) =>
  group(
    {x, y, scale},
    [1, second].map((show, index) => faded(show, egg(index * 58 - 130, 0, 0.95), stack(28 + index * 96, 22, 4, 42))),
  );

function kitchen(c) {
  const first = c.between('recipe', 'single');
  const copies = c.run('triple', {after: 0.3, over: 2.4});
  const settled = c.from('table', {after: 0});
  const apart = c.from('triple', {after: 0, over: 0.6});
  return [
    faded(first, portion(640 - 380 * apart, {y: mix(300, 144, settled), scale: mix(1.8, 1, settled)})),
    range(2).map((index) => faded(first * staggered(copies, index, 2, 0.2), portion(640 + 380 * index))),
    faded(
      c.between('single', 'ask', {after: 0.3}),
      portion(640, {second: 1 - 0.82 * c.from('single', {after: 1.2, over: 1})}),
    ),
    faded(
      c.between('ask', 'rule', {after: 0.3}),
      range(5).map((index) => egg(230 + index * 62, 144, 0.95)),
      range(5).map((index) =>
        faded(staggered(c.run('twenty', {after: 1, over: 2}), index, 5, 0.2), stack(640 + index * 106, 166, 4, 44)),
      ),
    ),
  ];
}

const frameOf = (show) =>
  faded(
    show,
    rectangle(table.x, table.y, table.right - table.x, 2 * table.row, {
      rx: 12,
      fill: white,
      stroke: ink,
      strokeWidth: 4,
    }),
    rectangle(table.x + 2, table.y + 2, 96, 2 * table.row - 4, {rx: 10, fill: blue.tint}),
    stroke(table.x, table.y + table.row, table.right, table.y + table.row, {stroke: ink, strokeWidth: 4}),
    [290, 490, 690, 890].map((x) => stroke(x, table.y, x, table.y + 2 * table.row, {stroke: soft, strokeWidth: 3})),
    egg(table.x + 50, upper, 0.9),
    stack(table.x + 50, lower + 18, 3, 36),
  );

const entry = (column, above, below, showAbove, showBelow = showAbove) => [
  faded(showAbove, label(above, table.columns[column], upper, {size: 60})),
  faded(showBelow, label(below, table.columns[column], lower, {size: 60})),
];

// The same factor above and below, from one column to another.
function both(from, to, factor, above, below, show = 1, height = 36) {
  const [start, end] = [table.columns[from], table.columns[to]];
  const inset = end > start ? 16 : -16;
  return faded(
    show,
    hop(start + inset, end - inset, table.y - 8, height, above, {text: factor, colour: blue.text, size: 46}),
    hop(start + inset, end - inset, table.y + 2 * table.row + 8, -26, below, {
      text: factor,
      colour: green.text,
      size: 46,
    }),
  );
}

// Columns: 1 and 4, 2 and 8, 6 and 24, 5 and 20; the last is asked.
function numbers(c) {
  const tripled = 1 - c.from('single', {after: 0, over: 0.3});
  const halved = 1 - c.from('ask', {after: 0, over: 0.3});
  const asked = c.from('ask');
  return [
    entry(1, 2, 8, c.from('table', {after: 1.2}), c.from('table', {after: 2})),
    entry(2, 6, 24, c.from('six', {after: 1.6}), c.from('six', {after: 3})),
    both(1, 2, '× 3', c.from('six', {after: 0.3, over: 1}), c.from('six', {after: 1.8, over: 1}), tripled),
    entry(0, 1, 4, c.from('four', {after: 1.4}), c.from('four', {after: 2.8})),
    both(1, 0, ': 2', c.from('four', {after: 0.3, over: 1}), c.from('four', {after: 1.6, over: 1}), halved),
    entry(3, 5, 20, asked, c.from('twenty', {after: 1.4})),
    both(
      0,
      3,
      '× 5',
      c.from('via', {after: 0.5, over: 1.4}),
      c.from('twenty', {over: 1.4}),
      1 - c.from('rule', {after: 0, over: 0.3}),
    ),
    group(
      {x: table.columns[3], y: lower, scale: 0.75},
      thinking(0, 0, c.between('ask', 'via', {after: 1.4}), c.left('thinking')),
    ),
  ];
}

function rule(c) {
  const shown = c.from('rule', {after: 0.6, over: 1});
  return [
    both(1, 2, '× 3', shown, shown),
    both(1, 0, ': 2', c.from('rule', {after: 2, over: 1}), c.from('rule', {after: 2, over: 1})),
  ];
}

export default scene(
  {
    id: 'verhoudingstabel',
    topic: 'verhoudingstabel',
    title: {nl: 'De verhoudingstabel', en: 'The ratio table'},
    poster: 'six',
  },
  script,
  (c) => [kitchen(c), frameOf(c.from('table', {after: 0.6})), numbers(c), rule(c)],
);
