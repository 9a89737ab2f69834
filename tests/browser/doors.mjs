// The program's own manners: an empty school opens, stops when asked, and says in one sentence what is wrong.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { free_port, run, School } from "./support/program.mjs";

const serve_to_its_end = (data, port) => run("serve", "--data", data, "--port", String(port));

// One line for a person, with no trace of the program's inside.
function is_one_sentence(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !/ (info|debug) /.test(line));
  assert.equal(lines.length, 1, output);
  assert.match(lines[0], /^trede: \S+ .*\S/);
  assert.doesNotMatch(lines[0], /terminate|what\(\)|exception|0x[0-9a-f]{6}/i);
}

export const steps = {
  "the program explains itself": async () => {
    const { code, output } = await run("--help");
    assert.equal(code, 0);
    for (const verb of ["serve", "demo", "account", "content"]) assert.match(output, new RegExp(`\\b${verb}\\b`));
  },

  "an empty folder opens with a start page and stops when asked": async ({ folder }) => {
    const empty = new School(path.join(folder, "empty"), await free_port());
    await empty.open();
    for (const host of ["localhost", "127.0.0.1", "[::1]"]) {
      const page = await fetch(`http://${host}:${empty.port}/`);
      assert.equal(page.status, 200, host);
      assert.match(await page.text(), /<title>Trede/);
    }
    assert.equal(await empty.end("SIGTERM"), 0);
  },

  "a folder that cannot be used is refused in one sentence": async ({ folder }) => {
    const file = path.join(folder, "a-file");
    writeFileSync(file, "not a folder");
    const { code, output } = await serve_to_its_end(path.join(file, "school"), await free_port());
    assert.notEqual(code, 0);
    is_one_sentence(output);
  },

  "a folder that cannot be written is refused in one sentence": async () => {
    // Nobody may write in /proc, whoever runs this.
    for (const data of ["/proc/trede", "/proc"]) {
      const { code, output } = await serve_to_its_end(data, await free_port());
      assert.notEqual(code, 0, data);
      is_one_sentence(output);
    }
  },

  "a port in use is refused in one sentence": async ({ folder }) => {
    const other = createServer();
    await new Promise((listening) => other.listen(0, "127.0.0.1", listening));
    const { code, output } = await serve_to_its_end(path.join(folder, "second"), other.address().port);
    other.close();
    assert.notEqual(code, 0);
    is_one_sentence(output);
  },
};
