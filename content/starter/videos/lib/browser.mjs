// One headless Chromium page the size of a frame, with the font of the pictures. Packages come from web/, so there is a
// single `npm install` in the repository.

import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {font, frame} from './theme.mjs';

const web = createRequire(new URL('../../../../web/package.json', import.meta.url));
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function withPage(work) {
  const {chromium} = web('playwright-core');
  const browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags});
  try {
    const page = await browser.newPage({viewport: frame});
    const data = readFileSync(web.resolve(font.file)).toString('base64');
    await page.setContent(`<style>
      @font-face { font-family: ${font.family}; font-weight: 700; src: url(data:font/woff2;base64,${data}) }
      body { margin: 0; overflow: hidden }
      svg { display: block }
    </style><main></main>`);
    const faces = await page.evaluate(
      (name) => document.fonts.load(`700 40px ${name}`).then((found) => found.length),
      font.family,
    );
    if (faces !== 1) throw new Error(`the font ${font.family} did not load`);
    return await work(page);
  } finally {
    await browser.close();
  }
}

export const show = (page, svg) =>
  page.evaluate((inner) => {
    document.querySelector('main').innerHTML = inner;
  }, svg);
