// What guardians, school leaders and talent co-ordinators look at: asked for once, and again in another language or when
// the line comes back. Read only.
import { language } from "../language.svelte";
import type { ChildrenShown, TalentsShown, TotalsShown } from "../protocol";
import { who_am_i } from "../session";
import { Connection, socket_url, type ConnectionState } from "../socket";

interface Shown {
  "open-children": ChildrenShown;
  "open-totals": TotalsShown;
  "open-talents": TalentsShown;
}

export class View<Tag extends keyof Shown> {
  connection_state = $state<ConnectionState>("connecting");
  shown = $state.raw<Shown[Tag] | null>(null);
  #connection: Connection;

  constructor(type: Tag, role: string) {
    this.#connection = new Connection({
      url: socket_url(),
      greeting: () => ({ type, language: language.current }),
      greeted: (reply) => void (this.shown = reply as Shown[Tag]),
      state_changed: (state) => (this.connection_state = state),
      signed_in: async () => {
        const outcome = await who_am_i();
        return outcome.ok ? outcome.value.role === role : outcome.refusal.code === "unavailable";
      },
    });
  }

  ask_again() {
    this.#connection.greet_again();
  }

  close() {
    this.#connection.close();
  }
}
