// From a scene to files: screenshots of the frames that differ, then one ffmpeg run a format. Both formats are silent,
// have a constant frame rate and a key frame at every chapter, so a jump to a chapter is exact.

import {createHash} from 'node:crypto';
import {execFileSync} from 'node:child_process';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {show} from './browser.mjs';

export const framesPerSecond = 15;
const posterWidth = 640;

export const frames = (scene) =>
  Array.from({length: Math.round(scene.seconds * framesPerSecond)}, (_, index) => scene.draw(index / framesPerSecond));

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

const ffmpeg = (...settings) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...settings], {stdio: ['ignore', 'inherit', 'inherit']});

function encode(scene, list, folder, target) {
  const script = join(folder, 'frames.txt');
  const held = list.map(({file, count}) => `file '${file}'\nduration ${(count / framesPerSecond).toFixed(6)}`);
  writeFileSync(script, `ffconcat version 1.0\n${held.join('\n')}\nfile '${list.at(-1).file}'\n`);
  const source = ['-f', 'concat', '-safe', '0', '-i', script, '-an', '-vf', `fps=${framesPerSecond},format=yuv420p`,
    '-frames:v', String(Math.round(scene.seconds * framesPerSecond)), '-threads', '2',
    '-force_key_frames', scene.chapters.map(({at}) => at.toFixed(3)).join(','), '-map_metadata', '-1', '-fflags', '+bitexact'];
  ffmpeg(...source, '-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', '36', '-g', '300', '-row-mt', '1', '-cpu-used', '2', join(target, 'video.webm'));
  ffmpeg(...source, '-c:v', 'libx264', '-crf', '26', '-g', '300', '-preset', 'slow', '-tune', 'animation',
    '-movflags', '+faststart', join(target, 'video.mp4'));
}

async function poster(page, scene, folder, target) {
  const file = join(folder, 'poster.png');
  await show(page, scene.draw(scene.posterAt));
  await page.screenshot({path: file});
  ffmpeg('-i', file, '-vf', `scale=${posterWidth}:-1:flags=lanczos,split[a][b];[a]palettegen=max_colors=64[p];[b][p]paletteuse=dither=none`,
    '-frames:v', '1', '-update', '1', join(target, 'poster.png'));
}

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
