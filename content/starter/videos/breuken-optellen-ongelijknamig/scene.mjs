// Adding and subtracting with different denominators: pieces of different sizes cannot be counted together until both
// are cut into pieces that fit in either.

import {chapter, cue, pause, scene, thinkFirst} from '../lib/script.mjs';
import {range, staggered} from '../lib/motion.mjs';
import {blue, green, orange} from '../lib/theme.mjs';
import {faded, stroke} from '../lib/svg.mjs';
import {frac, label, row, word} from '../lib/numbers.mjs';
import {cutsInto} from '../lib/shapes.mjs';
import {at, centre, counted, falling, rowBar, rowFraction, rowSign} from '../lib/column.mjs';
import {crossMark, thinking} from '../lib/marks.mjs';

const script = [
  chapter('Stukken die verschillen', 'Pieces that differ'),
  cue('half', 3, {
    nl: 'Dit is de helft van een reep.',
    en: 'This is half of a bar.',
  }),
  cue('third', 4, {
    nl: 'En dit is één derde. Hoeveel is het samen?',
    en: 'And this is one third. How much is it together?',
  }),
  cue('join', 4, {
    nl: 'Leg ze bij elkaar. Hoe heet dit stuk?',
    en: 'Put them together. What do we call this?',
  }),
  cue('unequal', 4.5, {
    nl: 'Tellen lukt niet: de stukken zijn niet even groot.',
    en: 'Counting fails: the pieces are not the same size.',
  }),
  chapter('Zoek stukken die passen', 'Find pieces that fit'),
  cue('search', 4.5, {
    nl: 'Zoek kleinere stukken die in allebei passen.',
    en: 'Look for smaller pieces that fit in both.',
  }),
  cue('sixHalf', 4.5, {
    nl: 'Zesden passen: de helft is drie zesde.',
    en: 'Sixths fit: half is three sixths.',
  }),
  cue('sixThird', 4.5, {
    nl: 'En één derde is twee zesde.',
    en: 'And one third is two sixths.',
  }),
  cue('count', 4, {
    nl: 'Nu kun je tellen.',
    en: 'Now you can count.',
  }),
  cue('sum', 4, {
    nl: 'Drie zesde en twee zesde is vijf zesde.',
    en: 'Three sixths and two sixths is five sixths.',
  }),
  chapter('Denk eerst zelf', 'Think first'),
  cue('ask', 4.5, {
    nl: 'Hoeveel is twee derde min één vierde?',
    en: 'How much is two thirds minus one fourth?',
  }),
  ...thinkFirst,
  cue('twelfths', 4.5, {
    nl: 'Twaalfden passen in derden en in vierden.',
    en: 'Twelfths fit in thirds and in fourths.',
  }),
  cue('rename', 4.5, {
    nl: 'Het wordt acht twaalfde min drie twaalfde.',
    en: 'It becomes eight twelfths minus three twelfths.',
  }),
  cue('take', 4.5, {
    nl: 'Haal er drie weg: vijf twaalfde blijft over.',
    en: 'Take three away: five twelfths is left.',
  }),
  chapter('Onthoud', 'Remember'),
  cue('rule', 5, {
    nl: 'Maak eerst de noemers gelijk. Reken dan met de tellers.',
    en: 'First make the denominators equal. Then use the numerators.',
  }),
  pause('end', 1.5),
];

function addends(c) {
  const renamed = {half: c.from('sixHalf', {after: 2}), third: c.from('sixThird', {after: 1.8})};
  const before = (name) => 1 - c.from(name, {after: 1.4, over: 0.4});
  return [
    rowBar(0, {
      shades: [{from: 0, to: 1 / 2}],
      cuts: [...cutsInto(2, c.from('half')), ...cutsInto(6, c.from('sixHalf', {over: 1.2}), {except: 2})],
    }),
    rowFraction(0, 1, 2, {fill: blue.text, show: c.from('half', {after: 1}) * before('sixHalf')}),
    rowFraction(0, 3, 6, {fill: blue.text, bottomFill: green.text, show: renamed.half}),
    rowBar(1, {
      show: c.from('third'),
      shades: [{from: 0, to: 1 / 3, fill: orange.fill}],
      cuts: [...cutsInto(3), ...cutsInto(6, c.from('sixThird', {over: 1.2}), {except: 3})],
    }),
    rowSign(1, '+', c.from('third', {after: 1.4})),
    rowFraction(1, 1, 3, {fill: orange.text, show: c.from('third', {after: 0.8}) * before('sixThird')}),
    rowFraction(1, 2, 6, {fill: orange.text, bottomFill: green.text, show: renamed.third}),
  ];
}

// Lines at every sixth: they meet the cuts of the half and of the thirds.
function guides(c) {
  const drawn = c.run('search', {after: 0.6, over: 2.6});
  return faded(
    1 - c.from('count', {after: 0, over: 0.4}),
    range(5).map((index) => {
      const grown = staggered(drawn, index, 5, 0.3);
      return faded(
        grown,
        stroke(at((index + 1) / 6), 50, at((index + 1) / 6), 50 + 292 * grown, {
          stroke: green.text,
          strokeWidth: 4,
          strokeDasharray: '3 12',
        }),
      );
    }),
  );
}

function adding(c) {
  const [first, second] = [c.from('join', {after: 0.5, over: 1}), c.from('join', {after: 1.6, over: 1})];
  const counting = c.run('count', {after: 0.8, over: 2.6});
  const cells = range(5).map((index) => counted(2, (index + 0.5) / 6, index + 1, staggered(counting, index, 5, 0)));
  const cut = c.from('count', {after: 0, over: 0.8});
  const bars =
    second > 0.99
      ? rowBar(2, {
          shades: [
            {from: 0, to: 1 / 2},
            {from: 1 / 2, to: 5 / 6, fill: orange.fill},
          ],
          cuts: [{at: 1 / 2, grow: 1}, {at: 5 / 6, grow: 1}, ...cutsInto(6, cut)],
        })
      : [
          rowBar(2, {show: c.from('third', {after: 1.4})}),
          falling({from: 0, start: 0, end: 1 / 2, share: first}),
          falling({from: 1, start: 0, end: 1 / 3, landing: 1 / 2, share: second, fill: orange.fill}),
        ];
  return faded(
    1 - c.from('ask', {after: 0, over: 0.3}),
    addends(c),
    guides(c),
    bars,
    cells,
    rowSign(2, '=', c.from('third', {after: 1.6})),
    crossMark(1080, centre(2), c.between('unequal', 'sixHalf', {after: 1})),
    rowFraction(2, 5, 6, {bottomFill: green.text, show: c.from('sum', {after: 0.6})}),
  );
}

function subtracting(c) {
  const [fine, renamed] = [c.from('twelfths', {after: 0.4, over: 1.6}), c.from('rename', {after: 0.8})];
  const before = 1 - c.from('rename', {after: 0.1, over: 0.4});
  const taken = c.run('take', {after: 0.4, over: 2});
  return faded(
    c.between('ask', 'rule', {after: 0.3}),
    rowBar(0, {shades: [{from: 0, to: 2 / 3}], cuts: [...cutsInto(3), ...cutsInto(12, fine, {except: 3})]}),
    rowFraction(0, 2, 3, {fill: blue.text, show: before}),
    rowFraction(0, 8, 12, {fill: blue.text, bottomFill: green.text, show: renamed}),
    rowBar(1, {
      shades: [{from: 0, to: 1 / 4, fill: orange.fill}],
      cuts: [...cutsInto(4), ...cutsInto(12, fine, {except: 4})],
    }),
    rowSign(1, '−', 1),
    rowFraction(1, 1, 4, {fill: orange.text, show: before}),
    rowFraction(1, 3, 12, {fill: orange.text, bottomFill: green.text, show: renamed}),
    rowSign(2, '=', 1),
    faded(
      c.from('rename', {after: 1.6}),
      rowBar(2, {
        cuts: cutsInto(12),
        shades: [
          {from: 0, to: 5 / 12},
          ...range(3).map((index) => ({
            from: (7 - index) / 12,
            to: (8 - index) / 12,
            opacity: 1 - staggered(taken, index, 3, 0.2),
          })),
        ],
      }),
    ),
    thinking(1080, centre(2), c.between('ask', 'twelfths', {after: 1.4}), c.left('thinking')),
    rowFraction(2, 5, 12, {bottomFill: green.text, show: c.from('take', {after: 2.6})}),
  );
}

function rule(c) {
  const [given, equal, result] = [0.4, 1.2, 2.8].map((after) => c.from('rule', {after}));
  const [a, b] = [{fill: blue.text}, {fill: orange.text}];
  const [sixA, sixB] = [
    {...a, bottomFill: green.text},
    {...b, bottomFill: green.text},
  ];
  return faded(
    given,
    row([frac(1, 2, a), word('+'), frac(1, 3, b)], 300, 304, {size: 96, gap: 0.42}),
    faded(equal, label('=', 520, 304, {size: 80})),
    row([frac(3, 6, sixA), word('+'), frac(2, 6, sixB)], 740, 304, {size: 96, gap: 0.42, show: equal}),
    faded(result, label('=', 960, 304, {size: 80})),
    row([frac(5, 6, {bottomFill: green.text})], 1070, 304, {size: 96, show: result}),
  );
}

export default scene(
  {
    id: 'breuken-optellen-ongelijknamig',
    topic: 'breuken-optellen-ongelijknamig',
    title: {nl: 'Breuken met verschillende noemers', en: 'Fractions with different denominators'},
    poster: 'sum',
  },
  script,
  (c) => [adding(c), subtracting(c), rule(c)],
);
