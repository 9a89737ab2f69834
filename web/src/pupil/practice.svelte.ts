// A pupil's practising as the page shows it: the step on the screen, the feedback on it, the step that waits behind
// it. One object for each signed-in pupil; it owns the connection.
import { language } from "../language.svelte";
import type {
  Answer,
  Feedback,
  PupilWelcome,
  Segment,
  ServerMessage,
  Standing,
  Step,
  StepJudged,
  VideoView,
} from "../protocol";
import {
  Connection,
  new_request_id,
  RequestRefused,
  type Ask,
  type ConnectionOptions,
  type ConnectionState,
} from "../socket";
import type { GivenAnswer, GivenAnswers } from "./given_answers";
import { Stopwatch } from "./stopwatch";

// An exercise that was answered; the next step is already here.
export interface Judged extends Omit<StepJudged, "type" | "request" | "feedback" | "answers_today"> {
  topic: string;
  feedback: Feedback;
}

// "Not this exercise", because …
export type WhyNot = "unclear" | "known" | "broken";

// A short word about what the pupil just decided.
export type Told = "" | "put-aside" | "level-now" | "level-later";

export class Practice {
  connection_state = $state<ConnectionState>("connecting");
  pupil = $state.raw<Pick<PupilWelcome, "name" | "class_name" | "demo"> | null>(null);
  step = $state.raw<Step | null>(null);
  judged = $state.raw<Judged | null>(null);
  hints = $state.raw<Segment[][]>([]);
  answers_today = $state(0);
  busy = $state(false);
  greetings = $state(0); // counts (re)connections and changes of language: what was asked for before is old then
  refused = $state(""); // code of what the server would not take, "" when all is well
  told = $state<Told>("");
  placement_begun = $state(false); // the pupil said yes to the first look
  placement_over = $state(false); // its last exercise was just done
  readonly stopwatch = new Stopwatch();
  #given: GivenAnswers;
  #waiting: Step | null = null;
  #connection: Connection;

  constructor(given: GivenAnswers, line: Pick<ConnectionOptions, "url"> & Partial<ConnectionOptions>) {
    this.#given = given;
    this.#connection = new Connection({
      greeting: () => ({ type: "pupil-hello", language: language.current, last_number: given.last_number }),
      greeted: (reply, ask) => this.#welcome(reply as PupilWelcome, ask),
      pushed: (message) => this.#pushed(message),
      state_changed: (state) => (this.connection_state = state),
      ...line,
    });
  }

  close() {
    this.#connection.close();
  }

  // The texts come from the server, so a new language asks for them again.
  change_language() {
    this.#connection.greet_again();
  }

  async submit(answer: Answer) {
    const judged = await this.#give({ answer });
    if (judged?.feedback === undefined || this.step === null) return;
    this.judged = { ...judged, topic: this.step.topic, feedback: judged.feedback };
  }

  async finish_video(watched: number) {
    const judged = await this.#give({ watched });
    if (judged !== null) this.#show(judged.next);
  }

  // The step behind the feedback; it is here already. Also from a word between two steps.
  go_on() {
    this.placement_over = this.judged?.placement_ended === true;
    const next = this.judged?.next ?? this.step;
    if (next !== null) this.#show(next);
  }

  begin_placement() {
    this.placement_begun = true;
    this.go_on();
  }

  async skip_placement() {
    await this.#ask(async (ask) => this.#offer((await ask({ type: "skip-placement" })).step));
  }

  // Counts at once when the exercise on the screen is still untouched, else from the next one on.
  async choose_level(level: string) {
    await this.#ask(async (ask) => {
      const waits = (this.judged?.next ?? this.step)?.id;
      const { step } = await ask({ type: "choose-level", level });
      this.#offer(step);
      this.told = step.id === waits && this.judged === null ? "level-later" : "level-now";
    });
  }

  async put_aside(why: WhyNot) {
    const step = this.step;
    if (step === null || this.judged !== null) return;
    await this.#ask(async (ask) => {
      this.#offer((await ask({ type: "put-aside", number: step.number, step: step.id, why })).step);
      this.told = "put-aside";
    });
  }

  // True once teacher and author can see it.
  async report_item(): Promise<boolean> {
    const step = this.step;
    return step !== null && this.#ask(async (ask) => void (await ask({ type: "report-item", step: step.id })));
  }

  async take_hint() {
    const step = this.step;
    if (step === null) return;
    await this.#ask(async (ask) => {
      const { elapsed_ms } = this.stopwatch;
      const hint = await ask({ type: "take-hint", number: step.number, elapsed_ms });
      if (this.step?.id === step.id) this.hints = [...this.hints, hint.text];
    });
  }

  report_video(video: string, position_s: number, watched: number) {
    // A report that cannot be sent now is replaced by the next one.
    if (this.connection_state !== "open") return;
    void this.#connection.request({ type: "report-video", video, position_s, watched }).catch(() => {});
  }

  // "" or the code of a refusal.
  async ask_question(video: string, at_s: number, text: string): Promise<string> {
    try {
      await this.#connection.request({ type: "ask-question", video, at_s, text });
      return "";
    } catch (error) {
      return code_of(error);
    }
  }

  async standings(): Promise<Standing[]> {
    return (await this.#connection.request({ type: "open-standings" })).topics;
  }

  async video(id: string): Promise<VideoView> {
    return (await this.#connection.request({ type: "open-video", video: id })).video;
  }

  // One request at a time; false when the server would not take it.
  async #ask(work: (ask: Connection["request"]) => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refused = "";
    try {
      await work(this.#connection.request);
      return true;
    } catch (error) {
      this.refused = code_of(error);
      if (this.refused === "conflict") this.#connection.greet_again(); // somewhere else something was done
      return false;
    } finally {
      this.busy = false;
      this.#catch_up();
    }
  }

  // Kept on this device before it is sent, so that closing the page loses nothing.
  async #give(what: Pick<GivenAnswer, "answer" | "watched">): Promise<StepJudged | null> {
    if (this.step === null || this.busy || this.judged !== null) return null;
    const { number, id } = this.step;
    const given = { request: new_request_id(), number, step: id, elapsed_ms: this.stopwatch.elapsed_ms, ...what };
    this.#given.add(given);
    this.busy = true;
    this.refused = "";
    try {
      const judged = await this.#connection.request(message_of(given));
      this.#given.acknowledge(number);
      this.answers_today = judged.answers_today;
      this.#waiting = null; // the reply knows more
      return judged;
    } catch (error) {
      this.#refuse(code_of(error), number);
      return null;
    } finally {
      this.busy = false;
      this.#catch_up();
    }
  }

  #refuse(code: string, number: number) {
    if (code !== "unavailable") this.#given.forget_after(number - 1); // else it may still be taken, after a reload too
    this.refused = code;
    if (code === "conflict" || code === "not-found") this.#connection.greet_again(); // somewhere else the step was done
  }

  async #welcome(welcome: PupilWelcome, ask: Connection["request"]): Promise<void> {
    const missing = this.#given.after(welcome.number).filter(({ request }) => !this.#connection.waits_for(request));
    if (missing.length > 0 || welcome.lost) {
      await this.#tell_again(missing, welcome.number, ask);
      const { last_number } = this.#given;
      welcome = await ask({ type: "pupil-hello", language: language.current, last_number });
    }
    this.#given.acknowledge(welcome.number);
    this.pupil = { name: welcome.name, class_name: welcome.class_name, demo: welcome.demo };
    this.answers_today = welcome.answers_today;
    this.greetings += 1;
    this.#continue_with(welcome.step);
  }

  // Answers the server no longer knows, in the order given. Where it cannot take one, the rest would not fit either.
  async #tell_again(missing: GivenAnswer[], known: number, ask: Connection["request"]) {
    let last_known = known;
    for (const given of missing) {
      try {
        await ask(message_of(given));
        last_known = given.number;
        this.#given.acknowledge(given.number);
      } catch (error) {
        if (code_of(error) === "unavailable") throw error;
        break;
      }
    }
    this.#given.forget_after(last_known);
  }

  // After a (re)connection: whoever waits for feedback, or reads it, keeps what is on the screen.
  #continue_with(step: Step) {
    if (this.busy) return;
    this.#offer(step);
  }

  // By itself: the teacher paused practice, or goes on with it. While something is being asked it waits.
  #pushed(message: ServerMessage) {
    if (message.type !== "step-offered") return;
    this.#waiting = message.step;
    if (!this.busy) this.#catch_up();
  }

  #catch_up() {
    const step = this.#waiting;
    this.#waiting = null;
    const number = (this.judged?.next ?? this.step)?.number;
    if (step !== null && step.number === number) this.#offer(step);
  }

  #offer(step: Step) {
    if (this.judged !== null && this.judged.next.number === step.number) this.judged = { ...this.judged, next: step };
    else if (this.judged === null && this.step?.id === step.id) this.step = step;
    else this.#show(step);
  }

  #show(step: Step) {
    this.step = step;
    this.judged = null;
    this.hints = [];
    this.refused = "";
    this.told = "";
    if (step.placement === undefined) this.placement_begun = false;
    this.stopwatch.restart(typeof document === "undefined" || document.visibilityState === "visible");
  }
}

function message_of(given: GivenAnswer): Ask<"submit-answer" | "finish-video"> {
  const { request, number, step, elapsed_ms, answer, watched } = given;
  if (answer !== undefined) return { type: "submit-answer", request, number, step, elapsed_ms, answer };
  return { type: "finish-video", request, number, step, elapsed_ms, watched: watched ?? 0 };
}

function code_of(error: unknown): string {
  return error instanceof RequestRefused ? error.code : "unavailable";
}
