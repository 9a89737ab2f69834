// One video on the desk: what is filled in, the files still to be sent, and its way to the bank.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { Caption, FieldProblem, Language, MediaSource, VideoView } from "../protocol";
import { store_media } from "../session";
import { refusal_text } from "../ui/refusals";
import type { Desk } from "./desk.svelte";
import { text_in } from "./item_document";
import { is_vtt, media_url, new_video, read_video, written_video, type VideoDocument } from "./video_document";
import { probe_video } from "./video_probe";

export class VideoDraft {
  video = $state<VideoDocument | null>(null);
  files = $state.raw<File[]>([]); // new pictures; they replace the old ones
  captions = $state({ nl: "", en: "" }); // new texts
  busy = $state("");
  problems = $state.raw<FieldProblem[]>([]);
  refused = $state("");
  published_as = $state(0);
  is_new = $state(false);
  #poster: Blob | null = null;
  #chosen = $state.raw<{ sources: MediaSource[]; poster: string } | null>(null); // of this device
  #revision = "";
  #desk: Desk;

  constructor(desk: Desk, id: string) {
    this.#desk = desk;
    this.is_new = id === "";
    if (this.is_new) this.video = new_video(desk.content?.topics[0]?.id ?? "", desk.content?.author ?? "");
    else void this.#open(id);
  }

  // As pupils will see it; null while there is nothing to play.
  get view(): VideoView | null {
    const { video } = this;
    if (video === null || (this.#chosen === null && video.media.length === 0)) return null;
    const stored = video.media.map(({ file, mime }) => ({ url: media_url(video, file), mime }));
    return {
      id: video.id,
      title: text_in(video.title, language.current),
      seconds: video.seconds,
      sources: this.#chosen?.sources ?? stored,
      poster: this.#chosen?.poster ?? (video.poster === "" ? "" : media_url(video, video.poster)),
      captions: (["nl", "en"] as const).flatMap((tag) => this.#caption(video, tag)),
      chapters: video.chapters.map(({ at_s, title }) => ({ at_s, title: text_in(title, language.current) })),
      position_s: 0,
      watched: 0,
    };
  }

  async choose_files(files: File[]) {
    this.refused = "";
    const probe = files.length > 0 ? await probe_video(files[0]) : null;
    if (probe === null || this.video === null) {
      this.refused = m.video_unplayable();
      return;
    }
    this.files = files;
    this.#poster = probe.poster;
    this.video.seconds = probe.seconds;
    const poster = probe.poster === null ? "" : URL.createObjectURL(probe.poster);
    this.#chosen = { sources: files.map((file) => ({ url: URL.createObjectURL(file), mime: file.type })), poster };
  }

  async publish() {
    if (this.video === null || this.busy !== "") return;
    [this.refused, this.problems, this.published_as] = ["", [], 0];
    try {
      await this.#send_files(this.video);
      this.busy = m.publishing();
      await this.#publish_document(written_video(this.video));
    } catch (error) {
      this.refused = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = "";
    }
  }

  // The new text, else what the bank has.
  #caption(video: VideoDocument, language: Language): Caption[] {
    const text = this.captions[language];
    if (is_vtt(text)) return [{ language, url: URL.createObjectURL(new Blob([text], { type: "text/vtt" })) }];
    const file = video.captions[language];
    return file === "" ? [] : [{ language, url: media_url(video, file) }];
  }

  async #send_files(video: VideoDocument) {
    if (this.files.length > 0) {
      const stored = [];
      for (const file of this.files) stored.push(await this.#send(file, file.name));
      video.media = stored;
      if (this.#poster !== null) video.poster = (await this.#send(this.#poster, m.poster())).file;
      this.files = [];
    }
    for (const tag of ["nl", "en"] as Language[]) {
      if (this.captions[tag].trim() === "") continue;
      if (!is_vtt(this.captions[tag])) throw new Error(m.captions_not_vtt());
      const blob = new Blob([this.captions[tag]], { type: "text/vtt" });
      video.captions[tag] = (await this.#send(blob, `${m.captions()} ${tag}`)).file;
    }
  }

  async #send(file: Blob, name: string) {
    this.busy = m.sending_file({ name });
    const outcome = await store_media(file);
    if (!outcome.ok) throw new Error(`${name}: ${refusal_text(outcome.refusal.code)}`);
    return { file: outcome.value.file, mime: outcome.value.mime };
  }

  async #publish_document(document: string) {
    const { published, problems, refused } = await this.#desk.publish("video", document, this.#revision);
    this.problems = problems;
    if (published !== undefined) {
      this.published_as = published.bank_version;
      this.#revision = published.revision;
      this.is_new = false;
    } else if (refused === "conflict") {
      this.refused = m.published_meanwhile_video();
    } else {
      this.refused = refused === "" ? m.not_published_problems() : refusal_text(refused);
    }
  }

  async #open(id: string) {
    try {
      const { document, revision } = await this.#desk.open("video", id);
      this.#revision = revision;
      this.video = read_video(document);
      if (this.video === null) this.refused = refusal_text("invalid");
    } catch {
      this.refused = refusal_text("not-found");
    }
  }
}
