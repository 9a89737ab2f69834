// Compiles every formula of a bank: reads its items and topics, writes formulas.json (TeX → MathML with holes, keys
// sorted).
//   node scripts/compile-formulas.mjs [--check] [BANK]      BANK: content/starter of this repository
// --check writes nothing and ends with 1 when formulas.json is stale.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { compile_formula, formulas_of } from "../src/formulas/formula.js";

const here = dirname(fileURLToPath(import.meta.url));
const options = process.argv.slice(2);
const only_check = options.includes("--check");
const bank = resolve(options.find((option) => !option.startsWith("--")) ?? join(here, "../../content/starter"));

function json_files(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  return names.sort().map((name) => join(folder, name));
}

function compile_file(path, formulas, problems) {
  try {
    for (const tex of formulas_of(JSON.parse(readFileSync(path, "utf8")))) formulas.set(tex, compile_formula(tex));
  } catch (error) {
    problems.push(`${path}: ${error.message}`);
  }
}

const formulas = new Map();
const problems = [];
const sources = [join(bank, "topics.json"), ...json_files(join(bank, "items"))];
for (const path of sources) compile_file(path, formulas, problems);
for (const problem of problems) console.error(problem);

const target = join(bank, "formulas.json");
const sorted = [...formulas].sort(([a], [b]) => (a < b ? -1 : 1));
const text = `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
const stale = !existsSync(target) || readFileSync(target, "utf8") !== text;

if (only_check && stale) console.error(`${target} is stale: run "npm run formulas" in web/.`);
if (!only_check && stale) writeFileSync(target, text);
console.log(`${sorted.length} formulas in ${sources.length} files`);
process.exit(problems.length > 0 || (only_check && stale) ? 1 : 0);
