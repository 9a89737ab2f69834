// Halves and quarters: of one pizza by cutting, of an amount by halving twice.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {mix, range, staggered} from '../lib/motion.mjs';
import {blue, green, ink, orange, red} from '../lib/theme.mjs';
import {area, disc, faded, group, outline, stroke} from '../lib/svg.mjs';
import {fraction, label} from '../lib/numbers.mjs';
import {sector} from '../lib/shapes.mjs';
import {brace, hop, thinking} from '../lib/marks.mjs';

const script = [
  chapter('Een pizza delen', 'Sharing a pizza'),
  cue('pizza', 3, {
    nl: 'Hier is één hele pizza.',
    en: 'Here is one whole pizza.',
  }),
  cue('halves', 4, {
    nl: 'Snijd hem precies doormidden: twee helften.',
    en: 'Cut it exactly in the middle: two halves.',
  }),
  cue('half', 4, {
    nl: 'Elk stuk is de helft: één van de twee.',
    en: 'Each piece is half: one of two.',
  }),
  cue('quarters', 4, {
    nl: 'Snijd elke helft weer doormidden: vier kwarten.',
    en: 'Cut each half in the middle again: four quarters.',
  }),
  cue('quarter', 4.5, {
    nl: 'Een kwart is dus de helft van de helft.',
    en: 'So a quarter is half of a half.',
  }),
  chapter('Een aantal delen', 'Sharing an amount'),
  cue('eight', 3.5, {
    nl: 'Hier liggen 8 aardbeien.',
    en: 'Here are 8 strawberries.',
  }),
  cue('four', 4, {
    nl: 'De helft van 8 is 4.',
    en: 'Half of 8 is 4.',
  }),
  cue('two', 4.5, {
    nl: 'Nog een keer de helft: een kwart van 8 is 2.',
    en: 'Half once more: a quarter of 8 is 2.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 3.5, {
    nl: 'Hoeveel is een kwart van 12?',
    en: 'How much is a quarter of 12?',
  }),
  ...thinkFirst,
  cue('six', 3.5, {
    nl: 'De helft van 12 is 6.',
    en: 'Half of 12 is 6.',
  }),
  cue('three', 4, {
    nl: 'De helft van 6 is 3. Een kwart van 12 is 3.',
    en: 'Half of 6 is 3. A quarter of 12 is 3.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Een kwart vind je zo: de helft, en nog eens de helft.',
    en: 'This is how to find a quarter: half, and half again.',
  }),
  pause('end', 1.5),
];

const radius = 200;
const toppings = [
  [0.62, 0.06],
  [0.35, 0.14],
  [0.72, 0.2],
  [0.6, 0.3],
  [0.3, 0.39],
  [0.74, 0.44],
  [0.66, 0.56],
  [0.4, 0.66],
  [0.7, 0.7],
  [0.62, 0.81],
  [0.34, 0.87],
  [0.72, 0.94],
];

// The part of the pizza between two turns, with the middle of the whole at (0, 0).
function part(from, to) {
  const shape = (r) =>
    to - from === 1 ? `M0 ${-r}A${r} ${r} 0 1 1 0 ${r}A${r} ${r} 0 1 1 0 ${-r}Z` : sector(0, 0, r, from, to);
  return [
    area(shape(radius), {fill: orange.fill}),
    area(shape(0.9 * radius), {fill: orange.tint}),
    toppings
      .filter(([, turn]) => turn > from && turn < to)
      .map(([distance, turn]) =>
        disc(
          distance * radius * Math.sin(2 * Math.PI * turn),
          -distance * radius * Math.cos(2 * Math.PI * turn),
          15,
          {fill: red},
        ),
      ),
    outline(shape(radius), {stroke: ink, strokeWidth: 5}),
  ];
}

// Whole, then two halves apart, then four quarters apart; all but the one that is meant fade.
function pieces(c) {
  const [halved, quartered] = [c.from('halves', {after: 1.4, over: 1}), c.from('quarters', {after: 1.6, over: 1})];
  const others = 1 - 0.75 * (c.between('half', 'quarters', {after: 0.6}) + c.from('quarter', {after: 0.6}));
  const [right, down] = [22 * halved, 22 * quartered];
  if (halved === 0) return part(0, 1);
  if (quartered === 0) return [group({x: right}, part(0, 0.5)), group({x: -right, opacity: others}, part(0.5, 1))];
  return [
    [right, -down],
    [right, down],
    [-right, down],
    [-right, -down],
  ].map(([x, y], index) => group({x, y, opacity: index ? others : 1}, part(index / 4, (index + 1) / 4)));
}

function pizza(c) {
  const [down, across] = [c.from('halves', {after: 0.3, over: 1}), c.from('quarters', {after: 0.5, over: 1})];
  const middle = {x: mix(640, 390, c.from('half', {after: 0})), y: 304};
  const knife = {stroke: ink, strokeWidth: 5};
  return faded(
    1 - c.from('eight', {after: 0, over: 0.3}),
    group(
      middle,
      pieces(c),
      down > 0.01 && c.from('halves', {after: 1.4}) === 0
        ? stroke(0, -radius, 0, radius * (2 * down - 1), knife)
        : '',
      across > 0.01 && c.from('quarters', {after: 1.6}) === 0
        ? [stroke(22, 0, 22 + radius * across, 0, knife), stroke(-22, 0, -22 - radius * across, 0, knife)]
        : '',
    ),
    fraction(1, 2, 800, 304, {size: 120, fill: blue.text, bottomFill: green.text, show: c.from('half', {after: 1})}),
    hop(830, 1030, 190, 60, c.from('quarter', {after: 1.2, over: 1}), {text: ': 2', size: 56, colour: green.text}),
    fraction(1, 4, 1060, 304, {
      size: 120,
      fill: blue.text,
      bottomFill: green.text,
      show: c.from('quarter', {after: 2.2}),
    }),
  );
}

const strawberry = [
  area('M0 40C-30 24 -40 -4 -30 -20C-20 -34 20 -34 30 -20C40 -4 30 24 0 40Z', {
    fill: red,
    stroke: ink,
    strokeWidth: 4,
  }),
  area('M-22 -26L-6 -24L0 -40L6 -24L22 -26L8 -12L0 -16L-8 -12Z', {
    fill: green.fill,
    stroke: ink,
    strokeWidth: 3,
    strokeLinejoin: 'round',
  }),
];

// A row of strawberries that parts in the middle, and then each half in its middle. `names` are the cues in which the
// row appears, is halved, is halved again, and goes.
function berries(c, count, spacing, [appear, halve, again, gone]) {
  const [half, quarter] = [c.from(halve, {over: 1}), c.from(again, {over: 1})];
  const at = (index) =>
    640 +
    (index - (count - 1) / 2) * spacing +
    (index < count / 2 ? -1 : 1) * 32 * half +
    (index % (count / 2) < count / 4 ? -1 : 1) * 18 * quarter;
  const under = (taken, show, colour) =>
    faded(
      show,
      brace(at(0) - 36, at(taken - 1) + 36, 212, 32, show, colour),
      label(taken, (at(0) + at(taken - 1)) / 2, 284, {size: 56, fill: colour}),
    );
  const hops = (index, cue) => [
    hop(424 + 230 * index, 606 + 230 * index, 425, 50, c.from(cue, {after: 1.2, over: 1}), {
      text: ': 2',
      size: 50,
      colour: green.text,
    }),
    faded(c.from(cue, {after: 2}), label(count / 2 ** (index + 1), 630 + 230 * index, 485, {size: 88})),
  ];
  return faded(
    c.between(appear, gone, {after: 0, over: 0.3}),
    range(count).map((index) =>
      group({x: at(index), y: 145, scale: 0.95 * staggered(c.run(appear, {over: 1.6}), index, count)}, strawberry),
    ),
    under(count / 2, c.between(halve, again, {after: 1}), blue.text),
    under(count / 4, c.from(again, {after: 1}), blue.text),
    faded(c.from(appear, {after: 1.4}), label(count, 400, 485, {size: 88})),
    hops(0, halve),
    hops(1, again),
  );
}

const rule = (c) =>
  faded(
    c.from('rule', {after: 0.3}),
    [1, 2, 4].map((parts, index) => {
      const x = 320 * (index + 1);
      const written = {size: 88, fill: blue.text, bottomFill: green.text};
      return [
        faded(
          c.from('rule', {after: 0.3 + 1.4 * index}),
          group({x: index ? x - 60 : x, y: 172, scale: 0.6}, part(0, 1 / parts)),
          index ? fraction(1, parts, x, 444, written) : label(1, x, 444, {size: 104}),
        ),
        index
          ? hop(x - 275, x - 40, 350, 50, c.from('rule', {after: 1.4 * index - 0.6, over: 1}), {
              text: ': 2',
              size: 56,
              colour: green.text,
            })
          : '',
      ];
    }),
  );

export default scene(
  {
    id: 'helft-kwart',
    topic: 'helft-kwart',
    title: {nl: 'De helft en een kwart', en: 'Half and a quarter'},
    poster: 'quarter',
  },
  script,
  (c) => [
    pizza(c),
    berries(c, 8, 104, ['eight', 'four', 'two', 'ask']),
    berries(c, 12, 84, ['ask', 'six', 'three', 'rule']),
    thinking(860, 470, c.between('ask', 'six', {after: 1.6}), c.left('thinking')),
    rule(c),
  ],
);
