// From a scene to files: screenshots of the frames that differ, then one ffmpeg run a format. Both formats are silent,
// have a constant frame rate and a key frame at every chapter, so a jump to a chapter is exact.

import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {show} from './browser.mjs';

export const framesPerSecond = 15;
const posterWidth = 640;

export const frames = (scene) =>
  Array.from({length: Math.round(scene.seconds * framesPerSecond)}, (_, index) =>
    scene.draw(index / framesPerSecond),
  );

// Changes exactly when the picture of the video changes.
export const fingerprint = (scene) => createHash('sha256').update(frames(scene).join('\n')).digest('hex') + '\n';

async function photograph(page, scene, folder) {
  const list = [];
  let previous = '';
  for (const svg of frames(scene)) {
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

function encode(scene, list, folder, target) {
  const script = join(folder, 'frames.txt');
  const held = list.map(({file, count}) => `file '${file}'\nduration ${(count / framesPerSecond).toFixed(6)}`);
  writeFileSync(script, `ffconcat version 1.0\n${held.join('\n')}\nfile '${list.at(-1).file}'\n`);
  const count = Math.round(scene.seconds * framesPerSecond);
  const keys = scene.chapters.map(({at}) => at.toFixed(3)).join();
  const common = flags(`-an -vf fps=${framesPerSecond},format=yuv420p -frames:v ${count} -force_key_frames ${keys}
    -g 300 -threads 2 -map_metadata -1 -fflags +bitexact`);
  const source = [...flags('-f concat -safe 0 -i'), script, ...common];
  const vp9 = flags('-c:v libvpx-vp9 -b:v 0 -crf 36 -row-mt 1 -cpu-used 4');
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
