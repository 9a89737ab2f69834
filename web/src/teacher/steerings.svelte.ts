// What is fixed for the class and for single pupils, as the page knows it: read when a page about it opens, kept up
// with what is changed here.
import type { ItemName, Steering, SteeringShown } from "../protocol";
import type { Ask, Replies } from "../socket";
import { is_nothing, NOTHING } from "./steering";

interface Line {
  readonly class_id: number;
  ask<M extends Ask>(message: M): Promise<Replies[M["type"]] | string>;
}

// The pupil of whatever is about the whole class.
export const WHOLE_CLASS = 0;

export class Steerings {
  known = $state(false);
  #by_pupil = $state.raw<ReadonlyMap<number, Steering>>(new Map());
  #items = $state.raw<ReadonlyMap<string, ItemName>>(new Map());
  #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  of(pupil: number): Steering {
    return this.#by_pupil.get(pupil) ?? NOTHING;
  }

  // Of an exercise that is blocked somewhere; undefined when the bank no longer has it.
  item(id: string): ItemName | undefined {
    return this.#items.get(id);
  }

  // Pupils for whom something is fixed besides what holds for the class.
  get own(): number[] {
    const own = [...this.#by_pupil].filter(([pupil, of]) => pupil !== WHOLE_CLASS && !is_nothing(of));
    return own.map(([pupil]) => pupil);
  }

  // "" or the code of a refusal.
  async read(): Promise<string> {
    const reply = await this.#line.ask({ type: "open-steering", class_id: this.#line.class_id, pupil: WHOLE_CLASS });
    if (typeof reply === "string") return reply;
    this.#take(reply);
    return "";
  }

  // From now on this is what is fixed there. "" or the code of a refusal.
  async set(pupil: number, steering: Steering): Promise<string> {
    const reply = await this.#line.ask({ type: "set-steering", class_id: this.#line.class_id, pupil, steering });
    if (typeof reply === "string") return reply;
    this.#by_pupil = new Map(this.#by_pupil).set(pupil, reply.steering);
    this.#name(reply.items);
    return "";
  }

  // Reads first, so that nothing somebody else fixed is lost. What stood there before comes back for an undo.
  async change(pupils: number[], to: (from: Steering) => Steering): Promise<Changed> {
    const before = new Map<number, Steering>();
    let refused = await this.read();
    for (const pupil of refused === "" ? pupils : []) {
      const old = this.of(pupil);
      refused = await this.set(pupil, to(old));
      if (refused !== "") break;
      before.set(pupil, old);
    }
    return { refused, before };
  }

  async put_back(before: ReadonlyMap<number, Steering>): Promise<string> {
    for (const [pupil, steering] of before) {
      const refused = await this.set(pupil, steering);
      if (refused !== "") return refused;
    }
    return "";
  }

  #name(items: ItemName[]) {
    this.#items = new Map([...this.#items, ...items.map((each) => [each.id, each] as const)]);
  }

  #take({ steering, pupils, items }: SteeringShown) {
    const own = pupils.map(({ pupil, steering: of }) => [pupil, of] as const);
    this.#by_pupil = new Map([[WHOLE_CLASS, steering], ...own]);
    this.#name(items);
    this.known = true;
  }
}

// refused: "" or the code; those in `before` were changed all the same.
export interface Changed {
  refused: string;
  before: ReadonlyMap<number, Steering>;
}
