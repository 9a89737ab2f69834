// What came in, for who listens to the page: one sentence now and then, never a stream of answers.
import { m } from "../paraglide/messages.js";
import type { PupilRow } from "../protocol";
import { answers_between } from "./changes";

export class News {
  text = $state("");
  #told: PupilRow[] = [];
  #latest: PupilRow[] = [];
  #timer: ReturnType<typeof setInterval>;

  constructor(every_ms = 20_000) {
    this.#timer = setInterval(() => this.tell(), every_ms);
  }

  hear(pupils: PupilRow[]) {
    if (this.#told.length === 0) this.#told = pupils;
    this.#latest = pupils;
  }

  tell() {
    const counts = answers_between(this.#told, this.#latest);
    this.#told = this.#latest;
    if (counts.size === 0) return;
    const answers = m.teacher_answers({ count: [...counts.values()].reduce((sum, count) => sum + count, 0) });
    const [name] = counts.keys();
    const is_one = counts.size === 1;
    this.text = is_one ? m.teacher_news_one({ answers, name }) : m.teacher_news({ answers, pupils: counts.size });
  }

  close() {
    clearInterval(this.#timer);
  }
}
