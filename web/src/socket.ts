// The WebSocket to the server: requests as promises, pushes to a listener, and a connection that comes back by
// itself. After every (re)connection the page greets first; what was asked and not yet answered is then sent again
// under the same request id, which the server recognises, so that nothing is lost and nothing counts twice.
import { door } from "./session";
import type {
  AdministratorMessage,
  AuthorMessage,
  ChildrenShown,
  ChoicesShown,
  ContentShown,
  ClassShown,
  DocumentPublished,
  DocumentShown,
  GroupsProposed,
  GroupsSaved,
  HintGiven,
  ItemTried,
  LessonPlanned,
  LessonShown,
  Noted,
  OverviewMessage,
  PlanProposed,
  PupilMessage,
  PupilShown,
  PupilWelcome,
  SchoolShown,
  ServerMessage,
  SignInShown,
  StandingsShown,
  SteeringPastShown,
  SteeringShown,
  StepJudged,
  StepOffered,
  SuspectsShown,
  TalentsShown,
  TeacherMessage,
  TotalsShown,
  VideoShown,
} from "./protocol";

export type ClientMessage = PupilMessage | TeacherMessage | AuthorMessage | AdministratorMessage | OverviewMessage;

// What the server answers to which message, when it does not refuse.
export interface Replies {
  "pupil-hello": PupilWelcome;
  "submit-answer": StepJudged;
  "finish-video": StepJudged;
  "take-hint": HintGiven;
  "report-video": Noted;
  "ask-question": Noted;
  "skip-placement": StepOffered;
  "choose-level": StepOffered;
  "put-aside": StepOffered;
  "report-item": Noted;
  "open-standings": StandingsShown;
  "open-video": VideoShown;
  "watch-class": ClassShown;
  "open-pupil": PupilShown;
  "plan-lesson": LessonPlanned;
  "cancel-lesson": LessonPlanned;
  "open-steering": SteeringShown;
  "set-steering": SteeringShown;
  "open-steering-past": SteeringPastShown;
  "open-suspects": SuspectsShown;
  "watch-lesson": LessonShown;
  "acknowledge-alert": Noted;
  "propose-groups": GroupsProposed;
  "propose-plan": PlanProposed;
  "save-groups": GroupsSaved;
  "list-content": ContentShown;
  "open-document": DocumentShown;
  "open-choices": ChoicesShown;
  "try-item": ItemTried;
  "publish-document": DocumentPublished;
  "open-sign-in": SignInShown;
  "set-sign-in": SignInShown;
  "open-school": SchoolShown;
  "add-class": SchoolShown;
  "change-class": SchoolShown;
  "add-pupils": SchoolShown;
  "add-staff": SchoolShown;
  "rename-person": SchoolShown;
  "set-classes": SchoolShown;
  "set-children": SchoolShown;
  "set-role": SchoolShown;
  "make-secrets": SchoolShown;
  "sign-out-everywhere": SchoolShown;
  "close-account": SchoolShown;
  "remove-second-step": SchoolShown;
  "unlink-school-account": SchoolShown;
  "open-children": ChildrenShown;
  "open-totals": TotalsShown;
  "open-talents": TalentsShown;
}

type Tag = ClientMessage["type"];
type Named<T extends Tag> = Extract<ClientMessage, { type: T }>;
// A message as the page writes it: the request id is added here when the page does not name one itself.
export type Ask<T extends Tag = Tag> = { [K in T]: Omit<Named<K>, "request"> & { request?: string } }[T];

export class RequestRefused extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

// connecting: not greeted yet. open: greeted. lost: trying to come back. closed: by the page, or signed out.
export type ConnectionState = "connecting" | "open" | "lost" | "closed";

export interface ConnectionOptions {
  url: string;
  // The first message of every connection, and of a switch of language.
  greeting: () => Ask;
  // Runs after each greeting, before anything unanswered is sent again; ask goes ahead of the queue.
  greeted: (reply: ServerMessage, ask: Connection["request"]) => Promise<void> | void;
  // The server will not have this greeting, with its code; the page may greet differently next time, or close.
  greeting_refused?: (code: string) => void;
  pushed?: (message: ServerMessage) => void;
  state_changed?: (state: ConnectionState) => void;
  // Asked when a connection is refused: a session that ended is no reason to go on trying.
  signed_in?: () => Promise<boolean>;
  retry_ms?: number; // the first wait; doubles up to retry_most_ms
  retry_most_ms?: number;
  patience_ms?: number; // a request without an answer for so long means that the line is dead
}

interface Waiting {
  message: ClientMessage;
  urgent: boolean; // part of a greeting: dies with its connection
  resolve: (reply: ServerMessage) => void;
  reject: (error: Error) => void;
  sent_at: number; // 0 = not yet on this connection
}

export class Connection {
  #options: Required<ConnectionOptions>;
  #socket: WebSocket | null = null;
  #state: ConnectionState = "connecting";
  #waiting = new Map<string, Waiting>();
  #attempts = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #sweep: ReturnType<typeof setInterval>;

  constructor(options: ConnectionOptions) {
    this.#options = {
      pushed: () => {},
      greeting_refused: () => {},
      state_changed: () => {},
      signed_in: async () => true,
      retry_ms: 500,
      retry_most_ms: 5_000,
      patience_ms: 12_000,
      ...options,
    };
    this.#sweep = setInterval(() => this.#drop_a_dead_line(), this.#options.patience_ms / 4);
    globalThis.addEventListener?.("online", this.#connect_now);
    this.#connect();
  }

  get state(): ConnectionState {
    return this.#state;
  }

  // Resolves with the server's answer, however many connections that takes; rejects with RequestRefused.
  request = <M extends Ask>(message: M): Promise<Replies[M["type"]]> => this.#ask(message, false);

  // For a new language: the server answers in it from then on.
  greet_again() {
    if (this.#state === "open") void this.#greet();
  }

  waits_for(request: string): boolean {
    return this.#waiting.has(request);
  }

  close() {
    clearTimeout(this.#retry);
    clearInterval(this.#sweep);
    globalThis.removeEventListener?.("online", this.#connect_now);
    this.#enter("closed");
    this.#socket?.close();
    this.#give_up(() => true, new RequestRefused("unavailable", "the page closed the connection"));
  }

  #enter(state: ConnectionState) {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.state_changed(state);
  }

  #connect_now = () => {
    if (this.#state !== "lost") return;
    clearTimeout(this.#retry);
    this.#connect();
  };

  #connect() {
    const socket = new WebSocket(this.#options.url);
    this.#socket = socket;
    socket.onopen = () => void this.#greet();
    socket.onmessage = (event) => this.#receive(JSON.parse(event.data));
    socket.onclose = () => void this.#lose(socket);
  }

  async #greet() {
    const socket = this.#socket;
    const urgent = <M extends Ask>(message: M): Promise<Replies[M["type"]]> => this.#ask(message, true);
    try {
      const reply: ServerMessage = await urgent(this.#options.greeting());
      await this.#options.greeted(reply, urgent);
    } catch (error) {
      // The line broke or the server will not have us: closing it starts the next attempt.
      if (error instanceof RequestRefused && error.code !== "unavailable") this.#options.greeting_refused(error.code);
      return socket?.close();
    }
    if (socket !== this.#socket) return;
    this.#attempts = 0;
    this.#enter("open");
    for (const waiting of this.#waiting.values()) if (waiting.sent_at === 0) this.#send(waiting);
  }

  #ask<M extends Ask>(message: M, urgent: boolean): Promise<Replies[M["type"]]> {
    const named = { ...message, request: message.request ?? new_request_id() } as ClientMessage;
    return new Promise((resolve, reject) => {
      if (this.#state === "closed") return reject(new RequestRefused("unavailable", "the connection is closed"));
      const waiting = { message: named, urgent, resolve: resolve as Waiting["resolve"], reject, sent_at: 0 };
      this.#waiting.set(named.request, waiting);
      if (urgent || this.#state === "open") this.#send(waiting);
    });
  }

  #send(waiting: Waiting) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    waiting.sent_at = Date.now();
    this.#socket.send(JSON.stringify(waiting.message));
  }

  #receive(message: ServerMessage) {
    const request = "request" in message ? message.request : "";
    const waiting = request === "" ? undefined : this.#waiting.get(request);
    if (waiting === undefined) return this.#options.pushed(message);
    this.#waiting.delete(request);
    if (message.type === "refused") waiting.reject(new RequestRefused(message.code, message.detail));
    else waiting.resolve(message);
  }

  async #lose(socket: WebSocket) {
    if (socket !== this.#socket || this.#state === "closed") return;
    const was_greeted = this.#state === "open";
    this.#socket = null;
    this.#enter("lost");
    for (const waiting of this.#waiting.values()) waiting.sent_at = 0;
    this.#give_up((waiting) => waiting.urgent, new RequestRefused("unavailable", "the line broke"));
    if (!was_greeted && !(await this.#options.signed_in())) return this.close();
    this.#retry = setTimeout(() => this.#connect(), this.#next_wait());
  }

  // Doubling waits with jitter, so that a whole class does not come back in the same instant.
  #next_wait() {
    const most = Math.min(this.#options.retry_ms * 2 ** this.#attempts++, this.#options.retry_most_ms);
    return most * (0.5 + Math.random() / 2);
  }

  #give_up(which: (waiting: Waiting) => boolean, error: Error) {
    for (const [request, waiting] of this.#waiting) {
      if (!which(waiting)) continue;
      this.#waiting.delete(request);
      waiting.reject(error);
    }
  }

  #drop_a_dead_line() {
    const long_ago = Date.now() - this.#options.patience_ms;
    const dead = [...this.#waiting.values()].some((waiting) => waiting.sent_at > 0 && waiting.sent_at < long_ago);
    if (!dead || this.#socket === null) return;
    const socket = this.#socket;
    socket.close();
    void this.#lose(socket); // its close event may take minutes on a dead line
  }
}

// crypto.randomUUID exists only on https and localhost; a class may reach the server by its address on the school's
// network.
export function new_request_id(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function socket_url(): string {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${door()}/ws`;
}
