// What this pupil gave on this device: the last acknowledged running number and the last answers, so that a server
// that knows less (a restored backup, a lost disk) can be told again. Kept per pupil, in localStorage.
import type { Answer } from "../protocol";

export interface GivenAnswer {
  request: string;
  number: number;
  step: string;
  elapsed_ms: number;
  answer?: Answer; // of an exercise
  watched?: number; // of a video
}

interface Kept {
  last_number: number;
  given: GivenAnswer[];
}

const MOST_KEPT = 200;

export class GivenAnswers {
  #key: string;
  #storage: Storage;
  #kept: Kept;

  constructor(pupil: string, storage: Storage = localStorage) {
    this.#key = `trede.given.${pupil}`;
    this.#storage = storage;
    this.#kept = this.#read();
  }

  get last_number(): number {
    return this.#kept.last_number;
  }

  // In the order given.
  after(number: number): GivenAnswer[] {
    return this.#kept.given.filter((given) => given.number > number).sort((a, b) => a.number - b.number);
  }

  // Before it is sent: a page that closes now may send it again later.
  add(given: GivenAnswer) {
    const others = this.#kept.given.filter((other) => other.number !== given.number);
    this.#kept.given = [...others, given].slice(-MOST_KEPT);
    this.#write();
  }

  // The server has it on disk.
  acknowledge(number: number) {
    this.#kept.last_number = Math.max(this.#kept.last_number, number);
    this.#write();
  }

  // The server cannot take this answer and what came after it.
  forget_after(number: number) {
    this.#kept.given = this.#kept.given.filter((given) => given.number <= number);
    this.#kept.last_number = Math.min(this.#kept.last_number, number);
    this.#write();
  }

  #read(): Kept {
    try {
      const kept = JSON.parse(this.#storage.getItem(this.#key) ?? "");
      if (typeof kept.last_number === "number" && Array.isArray(kept.given)) return kept;
    } catch {
      // Nothing kept yet, or kept by something else: start empty.
    }
    return { last_number: 0, given: [] };
  }

  #write() {
    try {
      this.#storage.setItem(this.#key, JSON.stringify(this.#kept));
    } catch {
      // A full or forbidden storage must not stop the practising; the server has the answers.
    }
  }
}
