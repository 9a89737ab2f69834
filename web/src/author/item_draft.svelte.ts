// One item on the desk: the document, what the server says of it, and its way to the bank.
import { m } from "../paraglide/messages.js";
import type { Answer, DocumentPublished, FieldProblem, ItemTried } from "../protocol";
import { refusal_text } from "../ui/refusals";
import type { Desk } from "./desk.svelte";
import { new_item, read_item, written, type ItemDocument } from "./item_document";

export class ItemDraft {
  item = $state<ItemDocument | null>(null);
  tried = $state.raw<ItemTried | null>(null);
  failed = $state(""); // why the item could not be opened
  busy = $state(false);
  refused = $state(""); // why it was not published, as a sentence
  published_as = $state(0); // the version of the bank, 0 = not yet
  lacks_now = $state.raw<string[]>([]); // what the bank lacks since then
  newer = $state.raw<{ document: string; revision: string } | null>(null); // somebody else's, met at publishing
  taken_over = $state(0); // counts whole documents that came from elsewhere: the form starts anew
  is_new = $state(false);
  taken_up = $state(false); // this is what its author left unpublished
  #typed = $state<string | null>(null); // the JSON as it is being written, with its author's own spaces
  #saved = $state("");
  #revision = "";
  #desk: Desk;
  #attempt = 0;
  #id: string;

  constructor(desk: Desk, id: string) {
    this.#desk = desk;
    this.#id = id;
    this.is_new = id === "";
    if (this.is_new) this.item = new_item(desk.content?.topics[0]?.id ?? "", "number");
    else void this.#open(id);
    this.#saved = this.text;
    if (this.is_new) this.#take_up();
  }

  // Whoever leaves without publishing finds the text again.
  leave() {
    if (this.changed) this.#desk.set_aside.set(this.#id, { document: this.text, revision: this.#revision });
    else this.#desk.set_aside.delete(this.#id);
  }

  // The document as it would be published now.
  get text(): string {
    return this.#typed ?? (this.item === null ? "" : written(this.item));
  }

  // false: JSON that is not an item yet; the form cannot show it.
  get readable(): boolean {
    return this.#typed === null || read_item(this.#typed) !== null;
  }

  get changed(): boolean {
    return this.text !== this.#saved;
  }

  get problems(): FieldProblem[] {
    return this.tried?.problems ?? [];
  }

  write_json(text: string) {
    this.#typed = text;
  }

  // From the JSON to the form.
  end_json() {
    const item = this.#typed === null ? null : read_item(this.#typed);
    if (item === null) return;
    this.item = item;
    this.#typed = null;
  }

  async try_out(seed: number, answer: Answer | undefined) {
    const attempt = ++this.#attempt;
    try {
      const tried = await this.#desk.try_item(this.text, seed, answer);
      // A later attempt knows better. Without a new picture the last one stays.
      if (attempt === this.#attempt) this.tried = { ...tried, exercise: tried.exercise ?? this.tried?.exercise };
    } catch {
      // The line broke; the next change asks again.
    }
  }

  async publish() {
    this.busy = true;
    this.refused = "";
    this.published_as = 0;
    const document = this.text;
    const publication = await this.#desk.publish("item", document, this.#revision);
    this.busy = false;
    if (publication.published !== undefined) return this.#keep(document, publication.published);
    if (publication.problems.length > 0) this.#show_problems(publication.problems);
    else if (publication.refused === "conflict") await this.#meet_newer();
    else this.refused = refusal_text(publication.refused);
  }

  // Throws the own text away for the newer one of somebody else.
  use_newer() {
    if (this.newer === null) return;
    const item = read_item(this.newer.document);
    if (item !== null) this.item = item;
    this.#typed = item === null ? this.newer.document : null;
    this.#saved = this.text;
    this.newer = null;
    this.taken_over += 1;
  }

  #take_up() {
    const left = this.#desk.set_aside.get(this.#id);
    if (left === undefined) return;
    this.#typed = left.document;
    this.#revision = left.revision;
    this.end_json();
    this.taken_up = true;
    this.taken_over += 1;
  }

  #keep(document: string, { bank_version, revision, warnings }: DocumentPublished) {
    this.published_as = bank_version;
    this.lacks_now = warnings;
    this.#revision = revision;
    this.#saved = document;
    this.newer = null;
    if (!this.is_new) return;
    this.is_new = false;
    this.#desk.set_aside.delete("");
    this.#id = this.item?.id ?? "";
    history.replaceState(null, "", `#item/${this.#id}`);
  }

  #show_problems(problems: FieldProblem[]) {
    const tried = this.tried ?? { type: "item-tried", request: "", warnings: [], hints: [], answer_invalid: false };
    this.tried = { ...tried, problems };
    this.refused = m.not_published_problems();
  }

  // Publishing again then replaces the newer version knowingly.
  async #meet_newer() {
    this.refused = m.published_meanwhile();
    try {
      const { document, revision } = await this.#desk.open("item", this.item?.id ?? "");
      this.newer = { document, revision };
      this.#revision = revision;
    } catch {
      this.refused = refusal_text("conflict");
    }
  }

  async #open(id: string) {
    try {
      const { document, revision } = await this.#desk.open("item", id);
      this.#revision = revision;
      const item = read_item(document);
      if (item === null) this.#typed = document;
      this.item = item ?? new_item("", "number");
      this.#saved = this.text;
      this.#take_up();
    } catch {
      this.failed = refusal_text("not-found");
    }
  }
}
