// Equivalent fractions: cutting every piece again gives more pieces with the same amount coloured, and back.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {blue, green, orange} from '../lib/theme.mjs';
import {faded} from '../lib/svg.mjs';
import {fraction, label} from '../lib/numbers.mjs';
import {bar, cutsInto} from '../lib/shapes.mjs';
import {hop, thinking, tickMark} from '../lib/marks.mjs';

const script = [
  chapter('Andere naam, evenveel', 'Another name, the same amount'),
  cue('half', 4, {
    nl: 'De helft van deze reep is gekleurd.',
    en: 'Half of this bar is coloured.',
  }),
  cue('cut', 4, {
    nl: 'Snijd elk stuk nog een keer doormidden.',
    en: 'Cut every piece in half again.',
  }),
  cue('fourths', 4, {
    nl: 'Nu zijn twee van de vier stukken gekleurd.',
    en: 'Now two of the four pieces are coloured.',
  }),
  cue('same', 4.5, {
    nl: 'Er is niets bij gekomen. Het is nog evenveel.',
    en: 'Nothing was added. It is still the same amount.',
  }),
  cue('again', 4.5, {
    nl: 'Nog een keer: vier van de acht stukken.',
    en: 'Once more: four of the eight pieces.',
  }),
  chapter('Keer hetzelfde getal', 'Times the same number'),
  cue('bottom', 4, {
    nl: 'Twee keer zoveel stukken: de noemer keer 2.',
    en: 'Twice as many pieces: the denominator times 2.',
  }),
  cue('top', 4.5, {
    nl: 'Twee keer zoveel gekleurd: ook de teller keer 2.',
    en: 'Twice as many coloured: the numerator times 2, too.',
  }),
  chapter('En weer terug', 'And back again'),
  cue('six', 4, {
    nl: 'Hier zijn zes van de acht stukken gekleurd.',
    en: 'Here six of the eight pieces are coloured.',
  }),
  cue('join', 4, {
    nl: 'Plak de stukken twee aan twee aan elkaar.',
    en: 'Join the pieces two by two.',
  }),
  cue('back', 4.5, {
    nl: 'Deel allebei door 2: zes achtste is drie vierde.',
    en: 'Divide both by 2: six eighths is three fourths.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 4, {
    nl: 'Twee derde: hoeveel zesden zijn dat?',
    en: 'Two thirds: how many sixths is that?',
  }),
  ...thinkFirst,
  cue('sixths', 4.5, {
    nl: 'Van 3 naar 6 stukken is keer 2.',
    en: 'From 3 to 6 pieces is times 2.',
  }),
  cue('four', 4.5, {
    nl: 'Dus ook 2 keer 2: het is vier zesde.',
    en: 'So also 2 times 2: it is four sixths.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Doe boven en onder keer of gedeeld door hetzelfde getal.',
    en: 'Multiply or divide top and bottom by the same number.',
  }),
  pause('end', 1.5),
];

const whole = {x: 140, y: 50, width: 1000, height: 140, fill: orange.tint};
const line = 378;
const size = 80;
const pair = [500, 780];
const coloured = {fill: blue.text, bottomFill: green.text, size};
const factorAbove = (from, to, grow, text) => hop(from, to, line - 98, 32, grow, {text, colour: blue.text});
const factorBelow = (from, to, grow, text) => hop(from, to, line + 98, -25, grow, {text, colour: green.text});
const equals = (x, show) => faded(show, label('=', x, line, {size: 64}));

function finer(c) {
  const places = [360, 640, 920];
  return faded(
    1 - c.from('six', {after: 0, over: 0.3}),
    bar({
      ...whole,
      shades: [{from: 0, to: 0.5}],
      cuts: [
        ...cutsInto(2, c.from('half', {over: 1})),
        ...cutsInto(4, c.from('cut', {after: 0.6, over: 1.6}), {except: 2}),
        ...cutsInto(8, c.from('again', {after: 0.3, over: 1.6}), {except: 4}),
      ],
    }),
    fraction(1, 2, places[0], line, {...coloured, show: c.from('half', {after: 1.4})}),
    fraction(2, 4, places[1], line, {...coloured, show: c.from('fourths', {after: 0.8})}),
    equals(500, c.from('same', {after: 0.8})),
    equals(780, c.from('again', {after: 2})),
    fraction(4, 8, places[2], line, {...coloured, show: c.from('again', {after: 2})}),
    [0, 1].map((index) => [
      factorBelow(
        places[index] + 12,
        places[index + 1] - 12,
        c.from('bottom', {after: 0.4 + 1.2 * index, over: 1}),
        '× 2',
      ),
      factorAbove(
        places[index] + 12,
        places[index + 1] - 12,
        c.from('top', {after: 0.4 + 1.2 * index, over: 1}),
        '× 2',
      ),
    ]),
  );
}

function coarser(c) {
  const joined = c.from('join', {after: 0.6, over: 1.8});
  return faded(
    c.between('six', 'ask', {after: 0.4}),
    bar({...whole, shades: [{from: 0, to: 0.75}], cuts: [...cutsInto(4), ...cutsInto(8, 1 - joined, {except: 4})]}),
    fraction(6, 8, pair[0], line, {...coloured, show: c.from('six', {after: 1})}),
    equals(640, c.from('back', {after: 0.4})),
    factorAbove(pair[0] + 12, pair[1] - 12, c.from('back', {after: 0.6, over: 1}), ': 2'),
    factorBelow(pair[0] + 12, pair[1] - 12, c.from('back', {after: 0.6, over: 1}), ': 2'),
    fraction(3, 4, pair[1], line, {...coloured, show: c.from('back', {after: 1.6})}),
  );
}

function think(c) {
  return faded(
    c.between('ask', 'rule', {after: 0.4}),
    bar({
      ...whole,
      shades: [{from: 0, to: 2 / 3}],
      cuts: [...cutsInto(3), ...cutsInto(6, c.from('sixths', {after: 0.4, over: 1.6}), {except: 3})],
    }),
    fraction(2, 3, pair[0], line, coloured),
    equals(640, 1),
    fraction(4, 6, pair[1], line, {...coloured, parts: {top: c.from('four', {after: 1.8})}}),
    factorBelow(pair[0] + 12, pair[1] - 12, c.from('sixths', {after: 1.8, over: 1}), '× 2'),
    factorAbove(pair[0] + 12, pair[1] - 12, c.from('four', {after: 0.4, over: 1}), '× 2'),
    thinking(1010, line, c.between('ask', 'sixths', {after: 1.2}), c.left('thinking')),
    tickMark(1010, line, c.from('four', {after: 2.4})),
  );
}

function rule(c) {
  const shown = c.from('rule', {after: 0.3});
  const across = c.from('rule', {after: 1, over: 1});
  return faded(
    shown,
    bar({
      ...whole,
      y: 54,
      height: 120,
      shades: [{from: 0, to: 0.5}],
      cuts: [...cutsInto(2), ...cutsInto(4, across, {except: 2})],
    }),
    fraction(1, 2, pair[0], line, coloured),
    equals(640, 1),
    fraction(2, 4, pair[1], line, {...coloured, show: c.from('rule', {after: 2})}),
    factorAbove(pair[0] + 12, pair[1] - 12, across, '× 2'),
    factorBelow(pair[0] + 12, pair[1] - 12, across, '× 2'),
  );
}

export default scene(
  {
    id: 'gelijkwaardige-breuken',
    topic: 'gelijkwaardige-breuken',
    title: {nl: 'Breuken die evenveel zijn', en: 'Fractions that are worth the same'},
    poster: 'top',
  },
  script,
  (c) => [finer(c), coarser(c), think(c), rule(c)],
);
