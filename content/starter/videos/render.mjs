// Renders the instruction videos from their scenes, or checks them.
//
//   node render.mjs [id…]            captions, video.json, poster.png, video.webm and video.mp4 of these videos, or of
//                                    all; the media only when a picture has changed, or with --again
//   node render.mjs [id…] --check    only checks scripts, pictures and files, without ffmpeg; exit code 1 on a problem
//   node render.mjs [id…] --stills DIR   one picture a caption, to look at
//
// Needs Chromium (or CHROMIUM=path), ffmpeg, and `npm ci` in web/.

import {existsSync, mkdirSync, readdirSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {parseArgs} from 'node:util';
import {show, withPage} from './lib/browser.mjs';
import {texts} from './lib/captions.mjs';
import {checkFiles, checkPictures, checkScript} from './lib/check.mjs';
import {render, upToDate} from './lib/media.mjs';

const home = dirname(fileURLToPath(import.meta.url));
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {check: {type: 'boolean'}, again: {type: 'boolean'}, stills: {type: 'string'}},
});
const all = readdirSync(home)
  .filter((id) => existsSync(join(home, id, 'scene.mjs')))
  .sort();
const unknown = positionals.filter((id) => !all.includes(id));
if (unknown.length) {
  console.error(`no such video: ${unknown.join(', ')}; there are ${all.join(', ')}`);
  process.exit(2);
}

async function check(page, scene, folder) {
  const problems = [
    ...checkScript(scene),
    ...(await checkPictures(page, scene)),
    ...(values.stills ? [] : checkFiles(scene, folder)),
  ];
  for (const problem of problems) console.error(`${scene.id}: ${problem}`);
  return problems.length === 0;
}

async function stills(page, scene) {
  mkdirSync(values.stills, {recursive: true});
  for (const {to} of scene.captions) {
    await show(page, scene.draw(to - 0.45));
    await page.screenshot({path: join(values.stills, `${scene.id}-${to.toFixed(1).padStart(5, '0')}.png`)});
  }
}

async function make(page, scene, folder) {
  const pictures = values.again || !upToDate(scene, folder) ? await render(page, scene, folder) : 0;
  for (const [name, text] of Object.entries(texts(scene))) writeFileSync(join(folder, name), text);
  const sizes = ['video.webm', 'video.mp4', 'poster.png'].map(
    (name) => `${name} ${Math.round(statSync(join(folder, name)).size / 1000)} kB`,
  );
  console.log(`${scene.id}: ${scene.seconds} s, ${pictures || 'no new'} pictures, ${sizes.join(', ')}`);
}

const good = await withPage(async (page) => {
  let every = true;
  for (const id of positionals.length ? positionals : all) {
    const folder = join(home, id);
    const {default: scene} = await import(pathToFileURL(join(folder, 'scene.mjs')).href);
    if (scene.id !== id) throw new Error(`${id}/scene.mjs calls itself ${scene.id}`);
    if (values.stills) await stills(page, scene);
    else if (!values.check) await make(page, scene, folder);
    every = (await check(page, scene, folder)) && every;
  }
  return every;
});
process.exit(good ? 0 : 1);
