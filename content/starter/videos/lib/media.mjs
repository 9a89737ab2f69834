// From a scene to files: screenshots of the frames that differ, then one ffmpeg run a format. Both formats are silent and
// have a key frame at every chapter, so a jump to a chapter is exact. A still picture is one frame a second: encoding
// costs what moves.

import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {show} from './browser.mjs';

const framesPerSecond = 15;
const posterWidth = 640;
const fingerprintsPerSecond = 3;

const frames = (scene, perSecond) =>
  Array.from({length: Math.round(scene.seconds * perSecond)}, (_, index) => scene.draw(index / perSecond));

// Changes when the picture of the video changes; a few frames a second tell.
export const fingerprint = (scene) =>
  createHash('sha256').update(frames(scene, fingerprintsPerSecond).join('\n')).digest('hex') + '\n';

async function photograph(page, scene, folder) {
  const list = [];
  let previous = '';
  for (const svg of frames(scene, framesPerSecond)) {
    if (svg === previous) {
      list.at(-1).count += 1;
      continue;
    }
    const file = join(folder, `${String(list.length).padStart(5, '0')}.png`);
    await show(page, svg);
    await page.screenshot({path: file});
    list.push({file, count: 1});
    previous = svg;
  }
  return list;
}

const flags = (text) => text.trim().split(/\s+/);
const ffmpeg = (...settings) =>
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...settings], {stdio: ['ignore', 'inherit', 'inherit']});

// The frames with their times for ffmpeg. The last one is a single frame, so the muxers know when the video ends.
function timetable(list) {
  const last = list.at(-1);
  const holds = [...list.slice(0, -1), {...last, count: last.count - 1}, {...last, count: 1}];
  const entries = holds.flatMap(({file, count}) => {
    const parts = Array.from({length: Math.ceil(count / framesPerSecond)}, (_, index) =>
      Math.min(framesPerSecond, count - index * framesPerSecond),
    );
    return parts.map(
      (part) =>
        `file '${file}'\noption framerate ${framesPerSecond}\nduration ${(part / framesPerSecond).toFixed(6)}`,
    );
  });
  return `ffconcat version 1.0\n${entries.join('\n')}\n`;
}

function encode(scene, list, folder, target) {
  const script = join(folder, 'frames.txt');
  writeFileSync(script, timetable(list));
  const keys = scene.chapters.map(({at}) => at.toFixed(3)).join();
  const common = flags(`-an -vf format=yuv420p -fps_mode vfr -force_key_frames ${keys}
    -g 300 -threads 1 -map_metadata -1 -fflags +bitexact`);
  const source = [...flags('-f concat -safe 0 -i'), script, ...common];
  const vp9 = flags('-c:v libvpx-vp9 -b:v 0 -crf 38 -row-mt 1 -cpu-used 4');
  const h264 = flags('-c:v libx264 -crf 26 -preset medium -tune animation -movflags +faststart');
  ffmpeg(...source, ...vp9, join(target, 'video.webm'));
  ffmpeg(...source, ...h264, join(target, 'video.mp4'));
}

async function poster(page, scene, folder, target) {
  const file = join(folder, 'poster.png');
  await show(page, scene.draw(scene.posterAt));
  await page.screenshot({path: file});
  const palette = 'split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none';
  const filter = flags(`-vf scale=${posterWidth}:-1:flags=lanczos,${palette} -frames:v 1 -update 1`);
  ffmpeg('-i', file, ...filter, join(target, 'poster.png'));
}

// True when the pictures of the scene are those that were rendered last, so only its texts may be new.
export const upToDate = (scene, target) =>
  ['video.webm', 'video.mp4', 'poster.png'].every((name) => existsSync(join(target, name))) &&
  existsSync(join(target, 'frames.sha256')) &&
  readFileSync(join(target, 'frames.sha256'), 'utf8') === fingerprint(scene);

export async function render(page, scene, target) {
  const folder = mkdtempSync(join(tmpdir(), 'video-'));
  try {
    const list = await photograph(page, scene, folder);
    encode(scene, list, folder, target);
    await poster(page, scene, folder, target);
    writeFileSync(join(target, 'frames.sha256'), fingerprint(scene));
    return list.length;
  } finally {
    rmSync(folder, {recursive: true});
  }
}
