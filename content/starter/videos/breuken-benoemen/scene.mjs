// Naming fractions: a bar in four equal pieces, three of them taken, and what the two numbers say.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {mix, mixColour, range, staggered} from '../lib/motion.mjs';
import {blue, green, ink, orange} from '../lib/theme.mjs';
import {faded} from '../lib/svg.mjs';
import {flying, fraction, fractionLine, label} from '../lib/numbers.mjs';
import {bar, inRound, round} from '../lib/shapes.mjs';
import {brace, crossMark, thinking, tickMark} from '../lib/marks.mjs';

const script = [
  chapter('Eerlijk delen', 'Sharing fairly'),
  cue('whole', 3, {
    nl: 'Dit is één hele reep.',
    en: 'This is one whole bar.',
  }),
  cue('unfair', 4.5, {
    nl: 'Zo delen is niet eerlijk: de stukken zijn niet even groot.',
    en: 'This is not fair: the pieces are not the same size.',
  }),
  cue('fair', 4, {
    nl: 'Nu zijn alle vier de stukken even groot.',
    en: 'Now all four pieces are the same size.',
  }),
  chapter('De noemer', 'The denominator'),
  cue('count', 4, {
    nl: 'Tel maar mee: vier gelijke stukken.',
    en: 'Count along: four equal pieces.',
  }),
  cue('denominator', 4.5, {
    nl: 'De 4 komt onder de streep. Dat is de noemer.',
    en: 'The 4 goes below the line. It is the denominator.',
  }),
  chapter('De teller', 'The numerator'),
  cue('take', 4, {
    nl: 'Jij krijgt drie van die stukken.',
    en: 'You get three of those pieces.',
  }),
  cue('numerator', 4.5, {
    nl: 'De 3 komt boven de streep. Dat is de teller.',
    en: 'The 3 goes above the line. It is the numerator.',
  }),
  cue('say', 4, {
    nl: 'Je zegt: drie vierde. Of: driekwart.',
    en: 'You say: three fourths, or three quarters.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('round', 4, {
    nl: 'Hier is een pizza. Welk deel is gekleurd?',
    en: 'Here is a pizza. Which part is coloured?',
  }),
  ...thinkFirst,
  cue('eight', 4.5, {
    nl: 'Er zijn acht gelijke stukken. De noemer is 8.',
    en: 'There are eight equal pieces. The denominator is 8.',
  }),
  cue('five', 4.5, {
    nl: 'Vijf stukken zijn gekleurd. De teller is 5.',
    en: 'Five pieces are coloured. The numerator is 5.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Onder: in hoeveel gelijke stukken. Boven: hoeveel je neemt.',
    en: 'Below: how many equal pieces. Above: how many you take.',
  }),
  pause('end', 1.5),
];

const whole = {x: 110, y: 204, width: 760, height: 200};
const written = {x: 1060, y: 304, size: 140};
const pizza = {cx: 430, cy: 304, r: 225, parts: 8};
const middle = (index) => whole.x + ((index + 0.5) / 4) * whole.width;
const bottom = {x: written.x, y: written.y + 0.58 * written.size, size: written.size};
const top = {...bottom, y: written.y - 0.58 * written.size};

function cuts(c) {
  const settled = c.from('fair', {over: 1.4});
  const drawn = c.run('unfair', {over: 1.2});
  return [0.1, 0.58, 0.8].map((at, index) => ({
    at: mix(at, (index + 1) / 4, settled),
    grow: staggered(drawn, index, 3),
  }));
}

function sharedBar(c) {
  const taken = c.run('take', {over: 2.4});
  const counting = c.run('count', {over: 2.6});
  const sent = c.from('denominator', {after: 0.6, over: 1});
  const raised = c.from('numerator', {after: 0.6, over: 1});
  const place = (index, y) => ({x: middle(index), y, size: 60});
  return faded(
    c.between('whole', 'round', {after: 0, over: 0.6}),
    bar({
      ...whole,
      fill: orange.tint,
      cuts: cuts(c),
      shades: range(3).map((index) => ({
        from: index / 4,
        to: (index + 1) / 4,
        opacity: staggered(taken, index, 3, 0),
      })),
    }),
    crossMark(490, 475, c.between('unfair', 'fair', {after: 1.6})),
    tickMark(490, 475, c.between('fair', 'count', {after: 1.6})),
    faded(
      1 - c.from('take', {over: 0.4}),
      range(3).map((index) =>
        faded(staggered(counting, index, 4, 0) * (1 - sent), label(index + 1, middle(index), 155, {size: 60})),
      ),
      brace(whole.x, whole.x + whole.width, 426, 34, c.from('denominator', {over: 0.8})),
    ),
    faded(
      staggered(counting, 3, 4, 0),
      flying(4, place(3, 155), bottom, sent, {fill: mixColour(ink, green.text, sent)}),
    ),
    faded(c.from('denominator', {over: 0.6}), fractionLine(4, written.x, written.y, 140)),
    range(2).map((index) =>
      faded(staggered(taken, index, 3, 0) * (1 - raised), label(index + 1, middle(index), 304, {size: 60})),
    ),
    faded(
      staggered(taken, 2, 3, 0),
      flying(3, place(2, 304), top, raised, {fill: mixColour(ink, blue.text, raised)}),
    ),
  );
}

function pizzaPart(c) {
  const counted = c.run('eight', {over: 2.2});
  const coloured = c.run('five', {over: 1.6});
  const spot = (index) => inRound(pizza, index, 0.68);
  return faded(
    c.between('round', 'rule', {after: 0.3}),
    round({...pizza, fill: orange.tint, fillOf: (index) => (index < 5 ? blue.fill : orange.tint)}),
    range(8).map((index) =>
      faded(
        staggered(counted, index, 8, 0) * (1 - c.from('five', {after: 0, over: 0.3})),
        label(index + 1, spot(index).x, spot(index).y, {size: 50}),
      ),
    ),
    range(5).map((index) =>
      faded(staggered(coloured, index, 5, 0), label(index + 1, spot(index).x, spot(index).y, {size: 50})),
    ),
    thinking(written.x, written.y, c.between('round', 'eight', {after: 1.5}), c.left('thinking')),
    fraction(5, 8, written.x, written.y, {
      size: 140,
      fill: blue.text,
      bottomFill: green.text,
      parts: {line: c.from('eight'), bottom: c.from('eight', {after: 2.4}), top: c.from('five', {after: 2})},
    }),
  );
}

function rule(c) {
  const shown = c.from('rule', {after: 0.3});
  return faded(
    shown,
    bar({...whole, fill: orange.tint, cuts: cuts(c), shades: [{from: 0, to: 0.75}]}),
    brace(whole.x, whole.x + whole.width, 422, 34, c.from('rule', {after: 0.6}), green.text),
    faded(c.from('rule', {after: 1}), label(4, whole.x + whole.width / 2, 500, {size: 64, fill: green.text})),
    brace(whole.x, whole.x + 0.75 * whole.width, 186, -34, c.from('rule', {after: 2.4}), blue.text),
    faded(c.from('rule', {after: 2.8}), label(3, whole.x + 0.375 * whole.width, 108, {size: 64, fill: blue.text})),
    fraction(3, 4, written.x, written.y, {
      size: 140,
      fill: blue.text,
      bottomFill: green.text,
      parts: {bottom: c.from('rule', {after: 1.2}), top: c.from('rule', {after: 3})},
    }),
  );
}

export default scene(
  {
    id: 'breuken-benoemen',
    topic: 'breuken-benoemen',
    title: {nl: 'Wat is een breuk?', en: 'What is a fraction?'},
    poster: 'say',
  },
  script,
  (c) => [sharedBar(c), pizzaPart(c), rule(c)],
);
