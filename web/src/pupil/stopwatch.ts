// How long an exercise was looked at: stands still while the page is hidden.
export class Stopwatch {
  #clock: () => number;
  #elapsed = 0;
  #since: number | null = null;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  restart(visible = true) {
    this.#elapsed = 0;
    this.#since = visible ? this.#clock() : null;
  }

  show(visible: boolean) {
    if (visible === (this.#since !== null)) return;
    if (this.#since !== null) this.#elapsed += this.#clock() - this.#since;
    this.#since = visible ? this.#clock() : null;
  }

  get elapsed_ms(): number {
    return Math.round(this.#elapsed + (this.#since === null ? 0 : this.#clock() - this.#since));
  }
}
