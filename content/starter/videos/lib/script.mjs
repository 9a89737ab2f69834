// A scene is a script and a picture: chapters, cues and pauses in the order they are seen, and draw(clock) → SVG. The
// picture hangs on the names of cues, never on seconds, so a caption may take longer without breaking a movement.

import {clamp, ease} from './motion.mjs';
import {element, rectangle} from './svg.mjs';
import {frame, paper, stage, white} from './theme.mjs';

export const chapter = (nl, en) => ({kind: 'chapter', title: {nl, en}});
export const cue = (name, seconds, text) => ({kind: 'cue', name, seconds, text});
export const pause = (name, seconds) => ({kind: 'pause', name, seconds});

// The moment in every video to think before the answer is shown.
export const thinkFirst = [
  cue('try', 4, {
    nl: 'Denk eerst zelf. Zet de video maar even stil.',
    en: 'Think first. You can pause the video.',
  }),
  pause('thinking', 3),
];

function timed(steps) {
  let now = 0;
  return steps.map((step) => {
    const from = now;
    now = Math.round((now + (step.seconds ?? 0)) * 100) / 100;
    return {...step, from, to: now};
  });
}

// What a picture asks of time. Names are those of cues and pauses.
class Clock {
  constructor(steps, t) {
    this.steps = new Map(steps.filter(({name}) => name).map((step) => [step.name, step]));
    this.t = t;
  }
  step(name) {
    const step = this.steps.get(name);
    if (!step) throw new Error(`no cue or pause named "${name}"`);
    return step;
  }
  // 0 before the step, then up to 1, eased; `after` seconds into it, `over` seconds long.
  from(name, {after = 0.2, over = 0.8} = {}) {
    return ease((this.t - this.step(name).from - after) / over);
  }
  // The same, even in speed: for elements that start one after another.
  run(name, {after = 0.2, over = 1} = {}) {
    return clamp((this.t - this.step(name).from - after) / over);
  }
  // Fades in at the start of one step and out just before another begins.
  between(first, last, {after = 0.2, over = 0.5} = {}) {
    return this.from(first, {after, over}) * (1 - ease((this.t - this.step(last).from + 0.35) / 0.35));
  }
  // From 1 at the start of a step to 0 at its end.
  left(name) {
    const {from, to} = this.step(name);
    return 1 - clamp((this.t - from) / (to - from));
  }
}

const picture = (inner) =>
  element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${frame.width} ${frame.height}`,
      width: frame.width,
      height: frame.height,
    },
    rectangle(0, 0, frame.width, frame.height, {fill: paper, class: 'ground'}),
    rectangle(stage.x, stage.y, stage.width, stage.height, {rx: stage.radius, fill: white, class: 'ground'}),
    inner,
  );

// `poster`: the cue whose end is shown before the video plays.
export function scene({id, topic, title, poster}, script, draw) {
  const steps = timed(script);
  const seconds = steps.at(-1).to;
  return {
    id,
    topic,
    title,
    seconds,
    posterAt: steps.find(({name}) => name === poster).to - 0.5,
    chapters: steps.filter(({kind}) => kind === 'chapter').map(({from, title: text}) => ({at: from, title: text})),
    captions: steps.filter(({kind}) => kind === 'cue').map(({from, to, text}) => ({from, to, text})),
    draw: (t) => picture(draw(new Clock(steps, clamp(t, 0, seconds)))),
  };
}
