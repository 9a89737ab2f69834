// A part of an amount: three fourths of twelve marbles, dealt into four groups of which three are taken.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {mix, mixColour, range, staggered} from '../lib/motion.mjs';
import {blue, green, ink, orange, soft, white} from '../lib/theme.mjs';
import {disc, faded, group, oval, rectangle} from '../lib/svg.mjs';
import {fraction, label, row, word} from '../lib/numbers.mjs';
import {bar, cutsInto} from '../lib/shapes.mjs';
import {brace, hop, thinking} from '../lib/marks.mjs';

const script = [
  chapter('Eerst verdelen', 'First share out'),
  cue('marbles', 3.5, {
    nl: 'Hier liggen 12 knikkers.',
    en: 'Here are 12 marbles.',
  }),
  cue('question', 4, {
    nl: 'Jij krijgt drie vierde. Hoeveel knikkers zijn dat?',
    en: 'You get three fourths. How many marbles is that?',
  }),
  cue('boxes', 4, {
    nl: 'De noemer is 4: maak vier groepjes.',
    en: 'The denominator is 4: make four groups.',
  }),
  cue('deal', 5, {
    nl: 'Verdeel de knikkers één voor één.',
    en: 'Share out the marbles one by one.',
  }),
  cue('each', 5, {
    nl: '12 gedeeld door 4 is 3. Dat is één vierde.',
    en: '12 divided by 4 is 3. That is one fourth.',
  }),
  chapter('Dan nemen', 'Then take'),
  cue('take', 4.5, {
    nl: 'De teller is 3: jij krijgt drie groepjes.',
    en: 'The numerator is 3: you get three groups.',
  }),
  cue('times', 5, {
    nl: '3 keer 3 is 9. Drie vierde van 12 is 9.',
    en: '3 times 3 is 9. Three fourths of 12 is 9.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 4, {
    nl: 'Hoeveel is twee vijfde van 20 euro?',
    en: 'How much is two fifths of 20 euros?',
  }),
  ...thinkFirst,
  cue('five', 4.5, {
    nl: '20 gedeeld door 5 is 4. Eén stuk is 4 euro.',
    en: '20 divided by 5 is 4. One piece is 4 euros.',
  }),
  cue('two', 4.5, {
    nl: 'Twee stukken: 2 keer 4 is 8 euro.',
    en: 'Two pieces: 2 times 4 is 8 euros.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Deel door de noemer. Doe dan keer de teller.',
    en: 'Divide by the denominator. Then multiply by the numerator.',
  }),
  pause('end', 1.5),
];

const boxes = {x: 90, y: 230, width: 216, height: 112, gap: 24};
const part = {x: 1130, y: 287};
const price = {x: 150, y: 190, width: 760, height: 140};
const boxAt = (index) => boxes.x + index * (boxes.width + boxes.gap);

const marble = (x, y, r) =>
  disc(x, y, r, {fill: orange.fill, stroke: ink, strokeWidth: 4}) +
  oval(x - 0.34 * r, y - 0.36 * r, 0.22 * r, 0.16 * r, {fill: white});

function marbles(c) {
  const appearing = c.run('marbles', {over: 1.6});
  const dealt = c.run('deal', {over: 4});
  return range(12).map((index) => {
    const moved = staggered(dealt, index, 12, 0.35);
    const home = {x: boxAt(index % 4) + 43 + Math.floor(index / 4) * 65, y: boxes.y + boxes.height / 2};
    const lift = 30 * Math.sin(Math.PI * moved);
    return group(
      {
        x: mix(115 + index * 82, home.x, moved),
        y: mix(130, home.y, moved) - lift,
        scale: staggered(appearing, index, 12),
      },
      marble(0, 0, 29),
    );
  });
}

function box(c, index) {
  const taken = index < 3 ? staggered(c.run('take', {after: 0.4, over: 1.8}), index, 3, 0.2) : 0;
  return rectangle(boxAt(index), boxes.y, boxes.width, boxes.height, {
    rx: 20,
    fill: mixColour(white, blue.fill, taken),
    stroke: taken > 0.5 ? ink : soft,
    strokeWidth: 4,
  });
}

function sharing(c) {
  const denominator = mixColour(ink, green.text, c.from('boxes'));
  const numerator = mixColour(ink, blue.text, c.from('take'));
  return faded(
    1 - c.from('ask', {after: 0, over: 0.3}),
    range(4).map((index) => faded(staggered(c.run('boxes', {over: 1.4}), index, 4), box(c, index))),
    marbles(c),
    fraction(3, 4, part.x, part.y, {size: 110, fill: numerator, bottomFill: denominator, show: c.from('question')}),
    range(4).map((index) =>
      faded(
        staggered(c.run('each', {over: 1.6}), index, 4, 0.2) * (1 - c.from('take', {over: 0.3})),
        label(3, boxAt(index) + boxes.width / 2, 387, {size: 52, fill: green.text}),
      ),
    ),
    row([word(12), word(':'), word(4, {fill: green.text}), word('='), word(3)], 558, 485, {
      size: 76,
      show: c.from('each', {after: 1.6}) * (1 - c.from('times', {after: 0, over: 0.3})),
    }),
    brace(boxAt(0), boxAt(2) + boxes.width, 365, 34, c.from('take', {after: 2.2}), blue.text),
    row(
      [word(3, {fill: blue.text}), word('×'), word(3), word('='), word(9, {show: c.from('times', {after: 1.8})})],
      boxAt(1) + boxes.width / 2,
      475,
      {size: 76, show: c.from('times', {after: 0.5})},
    ),
  );
}

function money(c) {
  const cut = c.from('five', {over: 1.2});
  const values = c.run('five', {after: 1.4, over: 1.6});
  const shaded = c.run('two', {over: 1.4});
  return faded(
    c.between('ask', 'rule', {after: 0.5}),
    bar({
      ...price,
      fill: orange.tint,
      cuts: cutsInto(5, cut),
      shades: range(2).map((index) => ({
        from: index / 5,
        to: (index + 1) / 5,
        opacity: staggered(shaded, index, 2, 0),
      })),
    }),
    brace(price.x, price.x + price.width, 172, -34),
    label('€ 20', price.x + price.width / 2, 96, {size: 60}),
    range(5).map((index) =>
      faded(
        staggered(values, index, 5, 0.2),
        label(4, price.x + ((index + 0.5) / 5) * price.width, price.y + price.height / 2, {size: 56}),
      ),
    ),
    fraction(2, 5, 1080, 250, {size: 110, fill: blue.text, bottomFill: green.text}),
    thinking(price.x + price.width / 2, 455, c.between('ask', 'five', {after: 1.5}), c.left('thinking')),
    row([word(20), word(':'), word(5, {fill: green.text}), word('='), word(4)], price.x + price.width / 2, 455, {
      size: 76,
      show: c.between('five', 'two', {after: 2.4}),
    }),
    brace(price.x, price.x + 0.4 * price.width, 350, 34, c.from('two', {after: 1.4}), blue.text),
    row([word(2, {fill: blue.text}), word('×'), word(4), word('='), word('€ 8')], price.x + 0.3 * price.width, 455, {
      size: 76,
      show: c.from('two', {after: 2}),
    }),
  );
}

function rule(c) {
  const [shared, taken] = [c.from('rule', {after: 1, over: 1}), c.from('rule', {after: 2.6, over: 1})];
  return faded(
    c.from('rule', {after: 0.3}),
    fraction(3, 4, 270, 304, {size: 130, fill: blue.text, bottomFill: green.text}),
    label(12, 540, 330, {size: 96}),
    hop(555, 765, 268, 70, shared, {text: ': 4', size: 60, colour: green.text}),
    faded(shared, label(3, 790, 330, {size: 96})),
    hop(818, 1022, 268, 70, taken, {text: '× 3', size: 60, colour: blue.text}),
    faded(taken, label(9, 1040, 330, {size: 96})),
  );
}

export default scene(
  {
    id: 'deel-van-hoeveelheid',
    topic: 'deel-van-hoeveelheid',
    title: {nl: 'Een deel van een hoeveelheid', en: 'A part of an amount'},
    poster: 'times',
  },
  script,
  (c) => [sharing(c), money(c), rule(c)],
);
