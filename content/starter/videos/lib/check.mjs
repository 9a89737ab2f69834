// What must hold for every video: pictures stay on the stage, numbers do not touch, no words in the picture, captions a
// ten-year-old can follow, and files that belong to this script. Every check returns a list of problems.

import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {languages, lineLength, lines, texts} from './captions.mjs';
import {measure} from './measure.mjs';
import {fingerprint} from './media.mjs';
import {inside} from './theme.mjs';

const limits = {seconds: [30, 90], cue: [2.5, 5], gap: 4, words: 12, charactersPerSecond: 14, bytes: 400_000};
const samplesPerSecond = 2;

export function checkScript({seconds, captions, chapters}) {
  const problems = [];
  if (seconds < limits.seconds[0] || seconds > limits.seconds[1])
    problems.push(`${seconds} s is not within ${limits.seconds}`);
  if (chapters[0]?.at !== 0) problems.push('the first chapter must start at 0');
  captions.forEach(({from, to, text}, index) => {
    const length = to - from;
    const gap = (captions[index + 1]?.from ?? seconds) - to;
    if (length < limits.cue[0] || length > limits.cue[1]) problems.push(`${from} s: a caption of ${length} s`);
    if (gap > limits.gap) problems.push(`${to} s: ${gap} s without a caption`);
    for (const language of languages)
      problems.push(...checkCaption(text[language], length).map((what) => `${from} s, ${language}: ${what}`));
  });
  return problems;
}

function checkCaption(text, seconds) {
  const problems = [];
  if (lines(text).length > 2 || lines(text).some((line) => line.length > lineLength))
    problems.push(`longer than two lines: ${text}`);
  if (text.split(' ').length > limits.words) problems.push(`more than ${limits.words} words: ${text}`);
  if (text.length / seconds > limits.charactersPerSecond) problems.push(`too fast to read: ${text}`);
  return problems;
}

export function checkPictures(page, scene) {
  const samples = [];
  for (let t = 0; t <= scene.seconds; t += 1 / samplesPerSecond) {
    const svg = scene.draw(t);
    if (svg !== samples.at(-1)?.svg) samples.push({t, svg});
  }
  return page.evaluate(measure, {samples, inside});
}

export function checkFiles(scene, folder) {
  const problems = [];
  const stale = (name, expected) => {
    const file = join(folder, name);
    if (!existsSync(file)) problems.push(`${name} is missing: render the video`);
    else if (expected !== undefined && readFileSync(file, 'utf8') !== expected)
      problems.push(`${name} is not of this script: render the video`);
  };
  for (const [name, text] of Object.entries(texts(scene))) stale(name, text);
  stale('frames.sha256', fingerprint(scene));
  for (const name of ['video.webm', 'video.mp4', 'poster.png']) {
    stale(name);
    const file = join(folder, name);
    if (existsSync(file) && statSync(file).size > limits.bytes)
      problems.push(`${name} is larger than ${limits.bytes} bytes`);
  }
  return problems;
}
