// Renders docs/items.html: one draw of every starter item through the pupil's own components, as one file that needs no
// network and no script. Needs the built program (./dev build) and the messages (npm run messages).
//   node scripts/gallery.mjs [--check] [BANK]      BANK: content/starter of this repository
// --check writes nothing and ends with 1 when the items have changed since; the page carries their digest.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";

const web = fileURLToPath(new URL("..", import.meta.url));
const root = join(web, "..");
const target = join(root, "docs/items.html");
const workshop = join(root, "build/gallery");
const options = process.argv.slice(2);
const folder = resolve(options.find((option) => !option.startsWith("--")) ?? join(root, "content/starter"));

function drawn_bank() {
  const program = join(root, "build/release/trede");
  try {
    return execFileSync(program, ["content", "show", folder], { maxBuffer: 64 << 20 });
  } catch (error) {
    if (error.status === undefined) console.error(`${program} cannot be run: ./dev build makes it.`);
    process.exit(1); // what else is wrong, the program has said itself
  }
}

// Some components ask the browser about itself while they are set up; this is a Dutch one with a mouse.
function stand_in_for_browser() {
  globalThis.localStorage = { getItem: () => "nl", setItem: () => {} };
  globalThis.document = { documentElement: {} };
  globalThis.matchMedia = () => ({ matches: false });
}

// The components as a module for Node, and their style sheet.
async function build_components() {
  const { output } = await build({
    root: web,
    configFile: false,
    logLevel: "error",
    plugins: [svelte({ compilerOptions: { runes: true, cssHash: ({ hash, css }) => `s-${hash(css)}` } })],
    build: { ssr: "src/gallery/render.ts", ssrEmitAssets: true, cssCodeSplit: false, write: false },
    ssr: { noExternal: true },
  });
  const module = output.find(({ type, isEntry }) => type === "chunk" && isEntry);
  const sheet = output.find(({ fileName }) => fileName.endsWith(".css"));
  mkdirSync(workshop, { recursive: true });
  const path = join(workshop, "render.mjs");
  writeFileSync(path, module.code);
  const { gallery } = await import(pathToFileURL(path).href);
  return { gallery, css: String(sheet.source).replace(/@font-face\s*\{[^}]*\}/g, "") };
}

// Without the marks that only hydration needs, and each field of a choice under a name of its own, the same every time.
function tidied(html) {
  let choices = 0;
  const names = new Map();
  return html
    .replace(/<!--.*?-->/gs, "")
    .replace(/name="(choice-[a-z0-9]*)"/g, (_, name) => {
      if (!names.has(name)) names.set(name, `choice-${++choices}`);
      return `name="${names.get(name)}"`;
    });
}

// No address may be loaded and no form sent, says the page itself.
function page(body, css, digest) {
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; form-action 'none'">
<meta name="items" content="${digest}">
<title>Trede: every item</title>
<style>${css}</style>
</head>
<body>${body}</body>
</html>
`;
}

const bank = drawn_bank();
const digest = createHash("sha256").update(bank).digest("hex");
const fresh = existsSync(target) && readFileSync(target, "utf8").includes(`content="${digest}"`);
if (options.includes("--check")) {
  if (!fresh) console.error("docs/items.html is stale: run ./dev content");
  process.exit(fresh ? 0 : 1);
}
stand_in_for_browser();
const { gallery, css } = await build_components();
const html = page(tidied(gallery(JSON.parse(bank))), css.trim(), digest);
writeFileSync(target, html);
console.log(`docs/items.html: ${Math.round(html.length / 1024)} kB`);
