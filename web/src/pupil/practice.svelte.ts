// A pupil's practising as the page shows it: the step on the screen, the feedback on it, the step that waits behind
// it. One object for each signed-in pupil; it owns the connection.
import { language } from "../language.svelte";
import type { Answer, Feedback, PupilWelcome, Segment, Standing, Step, StepJudged, VideoView } from "../protocol";
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
export interface Judged {
  number: number;
  topic: string;
  feedback: Feedback;
  stage_before: string;
  stage_after: string;
  next: Step;
}

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
  readonly stopwatch = new Stopwatch();
  #given: GivenAnswers;
  #connection: Connection;

  constructor(given: GivenAnswers, line: Pick<ConnectionOptions, "url"> & Partial<ConnectionOptions>) {
    this.#given = given;
    this.#connection = new Connection({
      greeting: () => ({ type: "pupil-hello", language: language.current, last_number: given.last_number }),
      greeted: (reply, ask) => this.#welcome(reply as PupilWelcome, ask),
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
    const { number, stage_before, stage_after, next, feedback } = judged;
    this.judged = { number, topic: this.step.topic, feedback, stage_before, stage_after, next };
  }

  async finish_video(watched: number) {
    const judged = await this.#give({ watched });
    if (judged !== null) this.#show(judged.next);
  }

  // The step behind the feedback; it is here already.
  go_on() {
    if (this.judged !== null) this.#show(this.judged.next);
  }

  async take_hint() {
    const step = this.step;
    if (step === null || this.busy) return;
    this.busy = true;
    this.refused = "";
    try {
      const { elapsed_ms } = this.stopwatch;
      const hint = await this.#connection.request({ type: "take-hint", number: step.number, elapsed_ms });
      if (this.step?.id === step.id) this.hints = [...this.hints, hint.text];
    } catch (error) {
      this.refused = code_of(error);
    } finally {
      this.busy = false;
    }
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
      return judged;
    } catch (error) {
      this.#refuse(code_of(error), number);
      return null;
    } finally {
      this.busy = false;
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
    if (this.judged !== null && this.judged.next.number === step.number) this.judged = { ...this.judged, next: step };
    else if (this.judged === null && this.step?.id === step.id) this.step = step;
    else this.#show(step);
  }

  #show(step: Step) {
    this.step = step;
    this.judged = null;
    this.hints = [];
    this.refused = "";
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
