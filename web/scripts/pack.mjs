// Packs the built pages once, as small as it goes, so that the server never has to: x.js gets x.js.br and x.js.gz
// beside it. Called by `npm run build`.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../dist", import.meta.url).pathname;
const packable = /\.(html|js|css|svg|json|txt|webmanifest)$/;
const tooSmall = 1024; // under one packet there is nothing to win

const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !packable.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const plain = readFileSync(file);
  if (plain.length < tooSmall) continue;
  writeFileSync(`${file}.br`, brotliCompressSync(plain, best));
  writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
}
