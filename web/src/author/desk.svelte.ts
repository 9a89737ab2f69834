// The author's desk: the connection and the bank as it is now.
import { language } from "../language.svelte";
import type { Answer, ChoicesShown, ContentShown, DocumentPublished, DocumentShown, FieldProblem, ItemTried } from "../protocol";
import { Connection, RequestRefused, type ConnectionOptions, type ConnectionState } from "../socket";
import { compile_formulas } from "./compiled_formulas";

export type Kind = "item" | "video";
// problems: not published, and why. refused: the code of a refusal.
export type Publication = { published?: DocumentPublished; problems: FieldProblem[]; refused: string };

// A text its author left without publishing, and the version it started from.
export interface SetAside {
  document: string;
  revision: string;
}

export class Desk {
  connection_state = $state<ConnectionState>("connecting");
  content = $state.raw<ContentShown | null>(null);
  readonly set_aside = new Map<string, SetAside>(); // by item id, "" for the new one
  #connection: Connection;

  constructor(line: Pick<ConnectionOptions, "url"> & Partial<ConnectionOptions>) {
    this.#connection = new Connection({
      greeting: () => ({ type: "list-content", language: language.current }),
      greeted: (reply) => void (this.content = reply as ContentShown),
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

  open(kind: Kind, id: string): Promise<DocumentShown> {
    return this.#connection.request({ type: "open-document", kind, id });
  }

  choices(kind: Kind, id: string): Promise<ChoicesShown> {
    return this.#connection.request({ type: "open-choices", kind, id });
  }

  // Formulas that cannot be compiled are problems like any other; the server is asked all the same.
  async try_item(document: string, seed: number, answer?: Answer): Promise<ItemTried> {
    const { formulas, problems } = await compile_formulas(parsed(document));
    const given = answer === undefined ? {} : { answer };
    const asked = { type: "try-item", document, formulas, seed, language: language.current, ...given } as const;
    const tried = await this.#connection.request(asked);
    return { ...tried, problems: [...problems, ...tried.problems] };
  }

  async publish(kind: Kind, document: string, revision: string): Promise<Publication> {
    const { formulas, problems } = await compile_formulas(parsed(document));
    if (problems.length > 0) return { problems, refused: "" };
    try {
      const published = await this.#connection.request({
        type: "publish-document",
        kind,
        document,
        formulas,
        revision,
      });
      if (published.problems.length > 0) return { problems: published.problems, refused: "" };
      this.#connection.greet_again(); // the list has changed
      return { published, problems: [], refused: "" };
    } catch (error) {
      return { problems: [], refused: error instanceof RequestRefused ? error.code : "unavailable" };
    }
  }

  topic_title(id: string): string {
    return this.content?.topics.find((topic) => topic.id === id)?.title ?? id;
  }
}

// The server says what is wrong with a text that is no JSON.
function parsed(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    return null;
  }
}
