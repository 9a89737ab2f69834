// The words on the pages, from the very messages the pages are built with: a better wording breaks no test.
import { readFileSync } from "node:fs";
import path from "node:path";
import { repository } from "./places.mjs";

function messages_in(language) {
  return JSON.parse(readFileSync(path.join(repository, "web", "messages", `${language}.json`), "utf8"));
}

const messages = { nl: messages_in("nl"), en: messages_in("en") };

export function word(key, holes = {}, language = "nl") {
  const message = messages[language][key];
  if (typeof message !== "string") throw new Error(`there is no plain message "${key}"`);
  const filled = message.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
  return filled.replace(/\\([{}\\])/g, "$1");
}
