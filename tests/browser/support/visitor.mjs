// Somebody at a browser: one page in a context of its own, that notes everything a page must not do (script errors,
// errors on the console, violations of the content policy, requests to elsewhere) and every frame of its WebSocket.
import assert from "node:assert/strict";
import { time_zone } from "./program.mjs";

// A script answers faster than a child can read. On its pages a second lasts a minute for whatever measures how long
// something took, so that its answers are not taken for guesses.
const HURRY = 60;

export class Visitor {
  complaints = [];
  refusals = []; // of requests over HTTP, to read when a step failed
  frames = []; // { from: "page" | "server", message }
  #line_may_break = false;

  static async arrive(browser, school, { path = "/", width = 1280, height = 800, elsewhere, ...options } = {}) {
    const context = await browser.newContext({
      baseURL: school.url,
      viewport: { width, height },
      deviceScaleFactor: 1,
      locale: "nl-NL",
      timezoneId: time_zone,
      ...options,
    });
    context.setDefaultTimeout(60_000);
    await context.addInitScript((hurry) => {
      const now = performance.now.bind(performance);
      performance.now = () => hurry * now();
    }, HURRY);
    const visitor = new Visitor(context, await context.newPage(), school, elsewhere);
    await visitor.#watch();
    await visitor.page.goto(path);
    return visitor;
  }

  // elsewhere: another site that the page may go to, and whose own pages are its own business.
  constructor(context, page, school, elsewhere) {
    this.context = context;
    this.page = page;
    this.school = school;
    this.elsewhere = elsewhere;
  }

  async leave() {
    await this.context.close();
  }

  // While the server is away a browser says so on the console; that is its duty.
  line_may_break(may) {
    this.#line_may_break = may;
  }

  has_no_complaints() {
    assert.deepEqual(this.complaints, []);
  }

  received(type) {
    const of_type = ({ from, message }) => from === "server" && message.type === type;
    return this.frames.filter(of_type).map(({ message }) => message);
  }

  async #watch() {
    const origin = new URL(this.school.url).origin;
    this.page.on("pageerror", (error) => this.#complain(`script error: ${error.message}`));
    this.page.on("console", (line) => {
      if (line.type() !== "error" || this.#is_duty(line)) return;
      this.#complain(`console: ${line.text()} (${line.location().url})`);
    });
    this.context.on("request", (request) => {
      const { protocol, origin: to } = new URL(request.url());
      const is_there = to === this.elsewhere && (request.isNavigationRequest() || request.frame().url().startsWith(to));
      if (to !== origin && !is_there && protocol !== "data:" && protocol !== "blob:") this.#complain(`request to ${request.url()}`);
    });
    this.context.on("response", (response) => {
      if (response.status() >= 400) void this.#note_refusal(response);
    });
    this.page.on("websocket", (socket) => this.#listen(socket, origin));
    await this.context.exposeBinding("report_violation", (_source, what) => this.#complain(`content policy: ${what}`));
    await this.context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) =>
        window.report_violation(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
      );
    });
  }

  async #note_refusal(response) {
    const body = await response.text().catch(() => "");
    this.refusals.push(`${response.status()} ${response.request().method()} ${response.url()} ${body.slice(0, 200)}`);
  }

  #complain(what) {
    this.complaints.push(what);
  }

  // Chromium writes every 4xx on the console. "Nobody is signed in", a wrong PIN and "which code?" are answers, not
  // errors.
  #is_duty(line) {
    const { pathname } = new URL(line.location().url || "http://x/");
    if (/status of 40[139]/.test(line.text()) && /\/api\/(me|sign-in)$/.test(pathname)) return true;
    if (/status of (40[034]|503)/.test(line.text()) && /\/api\/school-account\//.test(pathname)) return true;
    return this.#line_may_break && /ERR_CONNECTION|WebSocket|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE/.test(line.text());
  }

  #listen(socket, origin) {
    if (new URL(socket.url()).host !== new URL(origin).host) this.#complain(`WebSocket to ${socket.url()}`);
    const note = (from) => ({ payload }) => this.frames.push({ from, message: JSON.parse(String(payload)) });
    socket.on("framesent", note("page"));
    socket.on("framereceived", note("server"));
  }
}
