// A class as the teacher's page shows it, live: its table, the pupil and the lesson that are open. One object for each
// signed-in teacher; it owns the connection. After a lost connection everything that is open is asked for again.
import { language } from "../language.svelte";
import type {
  AlertRow,
  ClassName,
  ClassShown,
  GroupSet,
  LessonPlanned,
  LessonRow,
  LessonShown,
  PupilRow,
  PupilShown,
  ServerMessage,
  TopicGap,
  TopicRow,
} from "../protocol";
import { Connection, RequestRefused, type Ask, type ConnectionOptions, type ConnectionState, type Replies } from "../socket";
import { key_of } from "./alerts";
import { changed_topics, merged } from "./changes";
import { Steerings } from "./steerings.svelte";

// Pupil id → for each topic how often its cell changed since the page opened.
export type Flashes = Record<number, number[]>;

export class Classroom {
  connection_state = $state<ConnectionState>("connecting");
  without_class = $state(false);
  shown = $state.raw<ClassName | null>(null);
  classes = $state.raw<ClassName[]>([]);
  topics = $state.raw<TopicRow[]>([]);
  pupils = $state.raw<PupilRow[]>([]);
  lessons = $state.raw<LessonRow[]>([]);
  alerts = $state.raw<AlertRow[]>([]);
  gaps = $state.raw<TopicGap[]>([]);
  groups = $state.raw<GroupSet[]>([]);
  flashes = $state.raw<Flashes>({});
  pupil = $state.raw<PupilShown | null>(null);
  lesson = $state.raw<LessonShown | null>(null);
  readonly steerings = new Steerings(this);
  missing = $state(""); // code, when what was opened cannot be shown
  #class_id = 0;
  #pupil_id = 0;
  #lesson_id = 0;
  #reading: ReturnType<typeof setTimeout> | undefined;
  #read_again_ms: number;
  #connection: Connection;

  constructor(line: Pick<ConnectionOptions, "url"> & Partial<ConnectionOptions>, read_again_ms = 1500) {
    this.#read_again_ms = read_again_ms;
    this.#connection = new Connection({
      greeting: () => ({ type: "watch-class", language: language.current, class_id: this.#class_id }),
      greeted: (reply, ask) => this.#greeted(reply as ClassShown, ask),
      greeting_refused: (code) => this.#class_refused(code),
      pushed: (message) => this.#hear(message),
      state_changed: (state) => (this.connection_state = state),
      ...line,
    });
  }

  close() {
    clearTimeout(this.#reading);
    this.#connection.close();
  }

  // The texts come from the server, so a new language asks for them again.
  change_language() {
    this.#connection.greet_again();
  }

  choose_class(id: number) {
    if (id === this.shown?.id) return;
    this.#class_id = id;
    this.flashes = {};
    this.#connection.greet_again();
  }

  get class_id(): number {
    return this.#class_id;
  }

  topic(id: string): TopicRow | undefined {
    return this.topics.find((topic) => topic.id === id);
  }

  // 0 closes.
  open_pupil(id: number) {
    if (id === this.#pupil_id) return;
    this.#pupil_id = id;
    clearTimeout(this.#reading);
    if (this.pupil?.pupil.id !== id) this.pupil = null;
    this.missing = "";
    if (id !== 0) void this.#show_pupil(this.#connection.request);
  }

  // 0 closes.
  open_lesson(id: number) {
    if (id === this.#lesson_id) return;
    this.#lesson_id = id;
    if (this.lesson?.lesson.id !== id) this.lesson = null;
    this.missing = "";
    void this.#show_lesson(this.#connection.request);
  }

  // The lesson, or the code of a refusal.
  plan_lesson(topic: string, date: string): Promise<LessonRow | string> {
    return this.#changed(this.#connection.request({ type: "plan-lesson", class_id: this.#class_id, topic, date }));
  }

  cancel_lesson(lesson: number): Promise<LessonRow | string> {
    return this.#changed(this.#connection.request({ type: "cancel-lesson", lesson }));
  }

  // "" or the code of a refusal.
  async acknowledge(alerts: AlertRow[], agrees: boolean): Promise<string> {
    const seen = new Set<string>();
    let refused = "";
    for (const alert of alerts) {
      const { pupil, kind, topic } = alert;
      const reply = await this.ask({ type: "acknowledge-alert", pupil, kind, topic, agrees });
      if (typeof reply === "string") refused = reply;
      else seen.add(key_of(alert));
    }
    this.alerts = this.alerts.filter((each) => !seen.has(key_of(each)));
    return refused;
  }

  // The reply, or the code of a refusal.
  async ask<M extends Ask>(message: M): Promise<Replies[M["type"]] | string> {
    try {
      return await this.#connection.request(message);
    } catch (error) {
      return code_of(error);
    }
  }

  async #changed(reply: Promise<LessonPlanned>): Promise<LessonRow | string> {
    try {
      const { lesson } = await reply;
      this.lessons = merged(this.lessons, [lesson]);
      if (this.lesson?.lesson.id === lesson.id) this.lesson = { ...this.lesson, lesson };
      return lesson;
    } catch (error) {
      return code_of(error);
    }
  }

  async #greeted(reply: ClassShown, ask: Connection["request"]) {
    this.#show_class(reply);
    // A greeting begins anew for the server: what is open is asked for again.
    if (this.#pupil_id !== 0) await this.#show_pupil(ask);
    if (this.#lesson_id !== 0) await this.#show_lesson(ask);
  }

  #show_class(reply: ClassShown) {
    if (reply.shown.id === this.shown?.id) this.#light_up(reply.pupils);
    this.#class_id = reply.shown.id;
    this.shown = reply.shown;
    this.classes = reply.classes;
    this.topics = reply.topics;
    this.pupils = reply.pupils;
    this.lessons = reply.lessons;
    this.alerts = reply.alerts;
    this.gaps = reply.gaps;
    this.groups = reply.groups;
  }

  #class_refused(code: string) {
    if (code !== "not-found" && code !== "forbidden") return;
    if (this.#class_id !== 0) {
      this.#class_id = 0; // this class is gone: back to the first
      return;
    }
    this.without_class = true;
    this.close();
  }

  #hear(message: ServerMessage) {
    if (message.type === "class-shown" && message.shown.id === this.#class_id) this.#show_class(message);
    if (message.type === "lesson-shown" && message.lesson.id === this.#lesson_id) this.lesson = message;
    if (message.type !== "class-changed" || message.class_id !== this.#class_id) return;
    this.#light_up(message.pupils);
    this.pupils = merged(this.pupils, message.pupils);
    this.lessons = merged(this.lessons, message.lessons);
    this.alerts = message.alerts ?? this.alerts;
    this.gaps = message.gaps ?? this.gaps;
    this.groups = message.groups ?? this.groups;
    if (message.pupils.some(({ id }) => id === this.#pupil_id)) this.#read_pupil_soon();
  }

  #light_up(changed: PupilRow[]) {
    const flashes = { ...this.flashes };
    const old = new Map(this.pupils.map((row) => [row.id, row]));
    for (const row of changed) {
      const before = old.get(row.id);
      if (before === undefined) continue;
      const counts = flashes[row.id]?.slice() ?? row.cells.map(() => 0);
      for (const topic of changed_topics(before, row)) counts[topic] = (counts[topic] ?? 0) + 1;
      flashes[row.id] = counts;
    }
    this.flashes = flashes;
  }

  // The history is read from disk: not at every push.
  #read_pupil_soon() {
    clearTimeout(this.#reading);
    this.#reading = setTimeout(() => void this.#show_pupil(this.#connection.request), this.#read_again_ms);
  }

  async #show_pupil(ask: Connection["request"]) {
    const id = this.#pupil_id;
    await this.#opening(() => id === this.#pupil_id, async () => {
      const reply = await ask({ type: "open-pupil", pupil: id });
      if (id === this.#pupil_id) this.pupil = reply;
    });
  }

  async #show_lesson(ask: Connection["request"]) {
    const id = this.#lesson_id;
    await this.#opening(() => id === this.#lesson_id, async () => {
      const reply = await ask({ type: "watch-lesson", lesson: id });
      if (id === this.#lesson_id && id !== 0) this.lesson = reply;
    });
  }

  // A line that breaks is no refusal: the next greeting asks again.
  async #opening(is_wanted: () => boolean, open: () => Promise<void>) {
    try {
      await open();
      if (is_wanted()) this.missing = "";
    } catch (error) {
      if (is_wanted() && code_of(error) !== "unavailable") this.missing = code_of(error);
    }
  }
}

function code_of(error: unknown): string {
  return error instanceof RequestRefused ? error.code : "unavailable";
}
