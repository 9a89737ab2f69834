// Adding and subtracting with equal denominators: pieces of the same size are laid together and counted.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {range, staggered} from '../lib/motion.mjs';
import {blue, ink, orange, soft} from '../lib/theme.mjs';
import {faded, rectangle, stroke} from '../lib/svg.mjs';
import {frac, row, word} from '../lib/numbers.mjs';
import {bar, cutsInto} from '../lib/shapes.mjs';
import {at, centre, counted, falling, rowBar, rowFraction, rowSign} from '../lib/column.mjs';
import {crossMark, thinking, tickMark} from '../lib/marks.mjs';

const script = [
  chapter('Even grote stukken', 'Pieces of the same size'),
  cue('noor', 4, {
    nl: 'Noor eet twee achtste van een reep.',
    en: 'Noor eats two eighths of a bar.',
  }),
  cue('sem', 4.5, {
    nl: 'Sem eet drie achtste. Zijn stukken zijn even groot.',
    en: 'Sem eats three eighths. His pieces are the same size.',
  }),
  cue('together', 3.5, {
    nl: 'Hoeveel eten ze samen?',
    en: 'How much do they eat together?',
  }),
  cue('move', 5, {
    nl: 'Leg de stukken bij elkaar en tel mee.',
    en: 'Put the pieces together and count along.',
  }),
  cue('sum', 4.5, {
    nl: 'Samen zijn dat vijf achtsten.',
    en: 'Together that is five eighths.',
  }),
  chapter('Pas op!', 'Watch out!'),
  cue('wrong', 4.5, {
    nl: 'Tel je de noemers ook op? Dan krijg je vijf zestiende.',
    en: 'Adding the denominators, too? That gives five sixteenths.',
  }),
  cue('small', 4.5, {
    nl: 'Maar zestienden zijn veel kleiner. Dat klopt dus niet.',
    en: 'But sixteenths are much smaller. So that is not right.',
  }),
  cue('stay', 4, {
    nl: 'De stukken blijven achtsten. De noemer blijft 8.',
    en: 'The pieces stay eighths. The denominator stays 8.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 4.5, {
    nl: 'Vijf zesde min één zesde. Hoeveel blijft er over?',
    en: 'Five sixths minus one sixth. How much is left?',
  }),
  ...thinkFirst,
  cue('away', 4.5, {
    nl: 'Je hebt vijf stukken en haalt er één weg.',
    en: 'You have five pieces and take one away.',
  }),
  cue('rest', 4, {
    nl: 'Er blijft vier zesde over.',
    en: 'Four sixths is left.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Is de noemer gelijk? Reken dan alleen met de tellers.',
    en: 'Equal denominators? Then only work with the numerators.',
  }),
  pause('end', 1.5),
];

const eighths = cutsInto(8);

function moving(c) {
  const share = c.run('move', {after: 0.3, over: 3.8});
  return range(5).map((index) => {
    const own = index < 2 ? index : index - 2;
    const [from, fill] = index < 2 ? [0, blue.fill] : [1, orange.fill];
    return falling({
      from,
      start: own / 8,
      end: (own + 1) / 8,
      landing: index / 8,
      share: staggered(share, index, 5, 0.2),
      fill,
    });
  });
}

function adding(c) {
  const counting = c.run('move', {after: 0.9, over: 3.8});
  return faded(
    1 - c.from('wrong', {after: 0, over: 0.3}),
    rowBar(0, {cuts: eighths, shades: [{from: 0, to: 2 / 8}]}),
    rowFraction(0, 2, 8, {fill: blue.text, show: c.from('noor', {after: 1})}),
    rowBar(1, {cuts: eighths, shades: [{from: 0, to: 3 / 8, fill: orange.fill}], show: c.from('sem')}),
    rowSign(1, '+', c.from('together', {after: 0})),
    rowFraction(1, 3, 8, {fill: orange.text, show: c.from('sem', {after: 1})}),
    rowBar(2, {cuts: eighths, show: c.from('together', {after: 0.6})}),
    rowSign(2, '=', c.from('together', {after: 0.8})),
    moving(c),
    range(5).map((index) => counted(2, (index + 0.5) / 8, index + 1, staggered(counting, index, 5, 0))),
    rowFraction(2, 5, 8, {show: c.from('sum', {after: 0.6})}),
  );
}

const colouredAs = (parts) => ({
  cuts: cutsInto(parts),
  shades: [
    {from: 0, to: 2 / parts},
    {from: 2 / parts, to: 5 / parts, fill: orange.fill},
  ],
});

function comparing(c) {
  return faded(
    c.between('wrong', 'ask', {after: 0.3}),
    rowBar(0, colouredAs(8)),
    rowFraction(0, 5, 8),
    rowBar(2, {...colouredAs(16), show: c.from('wrong', {after: 1.4})}),
    rowFraction(2, 5, 16, {show: c.from('wrong', {after: 2})}),
    faded(
      c.from('small', {after: 0.4}),
      [5 / 16, 5 / 8].map((share) =>
        stroke(at(share), 180, at(share), 406, {stroke: soft, strokeWidth: 4, strokeDasharray: '2 12'}),
      ),
    ),
    crossMark(1186, centre(2), c.from('small', {after: 1.4})),
    tickMark(1186, centre(0), c.from('stay', {after: 0.8})),
  );
}

function taking(c) {
  const gone = c.from('away', {after: 0.6, over: 1.8});
  const whole = {x: 140, y: 80, width: 1000, height: 140};
  return faded(
    c.between('ask', 'rule', {after: 0.3}),
    bar({
      ...whole,
      cuts: cutsInto(6),
      shades: [
        {from: 0, to: 4 / 6},
        {from: 4 / 6, to: 5 / 6, opacity: gone > 0 ? 0 : 1},
      ],
    }),
    gone > 0
      ? faded(
          1 - c.from('away', {after: 2.6}),
          rectangle(whole.x + (whole.width * 4) / 6, whole.y + 160 * gone, whole.width / 6, 140, {
            rx: 6,
            fill: blue.fill,
            stroke: ink,
            strokeWidth: 4,
          }),
        )
      : '',
    row(
      [
        frac(5, 6, {fill: blue.text}),
        word('−'),
        frac(1, 6, {fill: blue.text}),
        word('='),
        frac(4, 6, {fill: blue.text, show: c.from('rest', {after: 0.6})}),
      ],
      640,
      465,
      {size: 80, gap: 0.5},
    ),
    thinking(838, 465, c.between('ask', 'away', {after: 1.4}), c.left('thinking')),
  );
}

function rule(c) {
  const [first, second] = [c.from('rule', {after: 0.8}), c.from('rule', {after: 2})];
  const sum = (top, sign, other, result, bottom, y, show) =>
    faded(
      show,
      row(
        [
          frac(top, bottom, {fill: blue.text}),
          word(sign),
          frac(other, bottom, {fill: blue.text}),
          word('='),
          frac(result, bottom, {fill: blue.text}),
        ],
        640,
        y,
        {size: 84, gap: 0.5},
      ),
    );
  return [sum(2, '+', 3, 5, 8, 180, first), sum(5, '−', 1, 4, 6, 425, second)];
}

export default scene(
  {
    id: 'breuken-optellen-gelijknamig',
    topic: 'breuken-optellen-gelijknamig',
    title: {nl: 'Breuken met dezelfde noemer', en: 'Fractions with the same denominator'},
    poster: 'sum',
  },
  script,
  (c) => [adding(c), comparing(c), taking(c), rule(c)],
);
