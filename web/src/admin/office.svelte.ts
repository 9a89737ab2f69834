// The administrator's office: the connection and the school as it is now. Every request is answered with the whole
// school, so that there is nothing to keep in step.
import { language } from "../language.svelte";
import type { Card, SchoolShown } from "../protocol";
import { Connection, RequestRefused, type Ask, type ConnectionOptions, type ConnectionState } from "../socket";

type Change = Ask<
  | "add-class"
  | "change-class"
  | "add-pupils"
  | "add-staff"
  | "rename-person"
  | "set-classes"
  | "set-children"
  | "set-role"
  | "make-secrets"
  | "sign-out-everywhere"
  | "close-account"
  | "remove-second-step"
  | "unlink-school-account"
>;

export class Office {
  connection_state = $state<ConnectionState>("connecting");
  school = $state.raw<SchoolShown | null>(null);
  cards = $state.raw<Card[]>([]); // secrets made just now; the server cannot show them again
  busy = $state(false);
  refused = $state(""); // code of the last change, "" when it was made
  #connection: Connection;

  constructor(line: Pick<ConnectionOptions, "url"> & Partial<ConnectionOptions>) {
    this.#connection = new Connection({
      greeting: () => ({ type: "open-school", language: language.current }),
      greeted: (reply) => void (this.school = reply as SchoolShown),
      state_changed: (state) => (this.connection_state = state),
      ...line,
    });
  }

  close() {
    this.#connection.close();
  }

  change_language() {
    this.#connection.greet_again();
  }

  // Whether it was done.
  async change(message: Change): Promise<boolean> {
    this.busy = true;
    try {
      const shown = await this.#connection.request(message);
      this.school = shown;
      if (shown.cards.length > 0) this.cards = shown.cards;
      this.refused = "";
    } catch (error) {
      this.refused = error instanceof RequestRefused ? error.code : "unavailable";
    }
    this.busy = false;
    return this.refused === "";
  }
}
