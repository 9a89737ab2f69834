// Where things are: the repository, the program under test, what a failed run leaves behind.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
export const program = path.resolve(repository, process.env.TREDE_PROGRAM ?? "build/release/trede");
export const left_behind = path.join(repository, "build", "browser");
export const pictures = path.join(repository, "docs", "pictures");
export const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync) ?? "/usr/bin/chromium";

// The npm packages belong to the pages; the tests borrow them.
export const borrow = createRequire(path.join(repository, "web", "package.json"));
