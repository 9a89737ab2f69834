// What must hold for every video: pictures stay on the stage, numbers do not touch, no words in the picture, captions a
// ten-year-old can follow, and files that belong to this script. Every check returns a list of problems.

import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {languages, lineLength, lines, texts} from './captions.mjs';
import {fingerprint} from './media.mjs';
import {margin, stage} from './theme.mjs';

const limits = {seconds: [30, 90], cue: [2.5, 5], gap: 4, words: 12, charactersPerSecond: 14, bytes: 400_000};
const samplesPerSecond = 2;

export function checkScript({seconds, captions, chapters}) {
  const problems = [];
  if (seconds < limits.seconds[0] || seconds > limits.seconds[1]) problems.push(`${seconds} s is not within ${limits.seconds}`);
  if (chapters[0]?.at !== 0) problems.push('the first chapter must start at 0');
  captions.forEach(({from, to, text}, index) => {
    const length = to - from;
    const gap = (captions[index + 1]?.from ?? seconds) - to;
    if (length < limits.cue[0] || length > limits.cue[1]) problems.push(`${from} s: a caption of ${length} s`);
    if (gap > limits.gap) problems.push(`${to} s: ${gap} s without a caption`);
    for (const language of languages) problems.push(...checkCaption(text[language], length).map((what) => `${from} s, ${language}: ${what}`));
  });
  return problems;
}

function checkCaption(text, seconds) {
  const problems = [];
  if (lines(text).length > 2 || lines(text).some((line) => line.length > lineLength)) problems.push(`longer than two lines: ${text}`);
  if (text.split(' ').length > limits.words) problems.push(`more than ${limits.words} words: ${text}`);
  if (text.length / seconds > limits.charactersPerSecond) problems.push(`too fast to read: ${text}`);
  return problems;
}

// Runs inside the page: draws each sample and measures what can be seen of it.
function measure({samples, inside}) {
  const main = document.querySelector('main');
  const visible = (element) => {
    let opacity = 1;
    for (let at = element; at !== main; at = at.parentNode) opacity *= Number(at.getAttribute('opacity') ?? 1);
    return opacity > 0.05;
  };
  const boxOf = (element) => {
    const {x, y, width, height} = element.getBBox();
    const size = Number(element.getAttribute('font-size'));
    const baseline = Number(element.getAttribute('y'));
    const [top, bottom] = size ? [baseline - 0.73 * size, baseline + 0.01 * size] : [y, y + height];
    const corners = [[x, top], [x + width, top], [x, bottom], [x + width, bottom]]
      .map(([cx, cy]) => new DOMPoint(cx, cy).matrixTransform(element.getCTM()));
    const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
    return {left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys)};
  };
  const outside = (box) => box.left < inside.left || box.right > inside.right || box.top < inside.top || box.bottom > inside.bottom;
  const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
  return samples.flatMap(({t, svg}) => {
    main.innerHTML = svg;
    const seen = [...main.querySelectorAll('svg *:not(g):not(.ground)')].filter(visible).map((element) => ({element, box: boxOf(element)}));
    const labels = seen.filter(({element}) => element.tagName === 'text');
    return [
      ...seen.filter(({box}) => outside(box)).map(({element}) => `${t} s: off the stage: ${element.outerHTML.slice(0, 110)}`),
      ...labels.filter(({element}) => /\p{L}/u.test(element.textContent)).map(({element}) => `${t} s: words: ${element.textContent}`),
      ...labels.flatMap((a, index) => labels.slice(index + 1).filter((b) => overlap(a.box, b.box))
        .map((b) => `${t} s: "${a.element.textContent}" over "${b.element.textContent}"`)),
    ];
  });
}

export function checkPictures(page, scene) {
  const samples = [];
  for (let t = 0; t <= scene.seconds; t += 1 / samplesPerSecond) {
    const svg = scene.draw(t);
    if (svg !== samples.at(-1)?.svg) samples.push({t, svg});
  }
  const inside = {left: stage.x + margin, right: stage.x + stage.width - margin, top: stage.y + margin, bottom: stage.y + stage.height - margin};
  return page.evaluate(measure, {samples, inside});
}

export function checkFiles(scene, folder) {
  const problems = [];
  const stale = (name, expected) => {
    const file = join(folder, name);
    if (!existsSync(file)) problems.push(`${name} is missing: render the video`);
    else if (expected !== undefined && readFileSync(file, 'utf8') !== expected) problems.push(`${name} is not of this script: render the video`);
  };
  for (const [name, text] of Object.entries(texts(scene))) stale(name, text);
  stale('frames.sha256', fingerprint(scene));
  for (const name of ['video.webm', 'video.mp4', 'poster.png']) {
    stale(name);
    const file = join(folder, name);
    if (existsSync(file) && statSync(file).size > limits.bytes) problems.push(`${name} is larger than ${limits.bytes} bytes`);
  }
  return problems;
}
