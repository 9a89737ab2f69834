// The language of the page: chosen on any page, remembered on this device, else the browser's, else Dutch.
// Messages read it through paraglide's getLocale, so that a switch redraws every text without a reload.
import { overwriteGetLocale } from "./paraglide/runtime.js";
import type { Language } from "./protocol";

const KEY = "trede.language";

function first_language(): Language {
  const remembered = localStorage.getItem(KEY);
  if (remembered === "nl" || remembered === "en") return remembered;
  const spoken = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === "nl" || tag === "en");
  return spoken === "en" ? "en" : "nl";
}

class LanguageChoice {
  #current = $state<Language>(first_language());

  get current(): Language {
    return this.#current;
  }

  choose(language: Language) {
    this.#current = language;
    localStorage.setItem(KEY, language);
    document.documentElement.lang = language;
  }
}

export const language = new LanguageChoice();
document.documentElement.lang = language.current;
overwriteGetLocale(() => language.current);
