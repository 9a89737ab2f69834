// Signing in and out over HTTP. A refusal is a value, and so is a broken network: "unavailable".
import type {
  BeginSchoolSignIn,
  ChangePassword,
  ConfirmCode,
  FinishSchoolSignIn,
  MediaStored,
  ProvePassword,
  Refused,
  SchoolAccounts,
  SchoolAccountState,
  SchoolAddress,
  SchoolReturned,
  SecondStepOffered,
  SecondStepState,
  SetUp,
  SignedIn,
  SignIn,
} from "./protocol";

export type Refusal = Pick<Refused, "code" | "detail">;
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

async function outcome_of<Value>(sending: Promise<Response>): Promise<Outcome<Value>> {
  try {
    const response = await sending;
    const body = await response.json().catch(() => ({}));
    if (response.ok) return { ok: true, value: body };
    return { ok: false, refusal: { code: body.code ?? code_of(response.status), detail: body.detail ?? "" } };
  } catch (error) {
    return { ok: false, refusal: { code: "unavailable", detail: String(error) } };
  }
}

function code_of(status: number) {
  if (status === 401 || status === 403) return "forbidden";
  if (status === 409) return "conflict";
  if (status === 413) return "too-large";
  if (status === 429) return "too-many";
  return status < 500 ? "invalid" : "unavailable";
}

// The page this is: /pupil, /teacher, … Each has a session of its own, so that one browser may hold several.
export function door(): string {
  const [, first] = location.pathname.split("/");
  return first ? `/${first}` : "";
}

// The X-Trede header cannot be set by a form of another site; the server refuses a POST without it.
function post(path: string, body: BodyInit, type = "application/json", at = door()) {
  return fetch(at + path, { method: "POST", headers: { "X-Trede": "1", "Content-Type": type }, body });
}

export function sign_in(who: SignIn): Promise<Outcome<SignedIn>> {
  return outcome_of(post("/api/sign-in", JSON.stringify(who)));
}

// The first administrator makes the school, and is signed in.
export function set_up(what: SetUp): Promise<Outcome<SignedIn>> {
  return outcome_of(post("/api/set-up", JSON.stringify(what)));
}

export function sign_out(): Promise<Outcome<unknown>> {
  return outcome_of(post("/api/sign-out", "{}"));
}

// Who is signed in on this browser, if anybody.
export function who_am_i(): Promise<Outcome<SignedIn>> {
  return outcome_of(fetch(`${door()}/api/me`));
}

export function store_media(file: Blob): Promise<Outcome<MediaStored>> {
  return outcome_of(post("/api/media", file, file.type || "application/octet-stream"));
}

// ---- the account of the school's own provider, of staff ----

export function school_accounts(): Promise<Outcome<SchoolAccounts>> {
  return outcome_of(fetch(`${door()}/api/school-account`));
}

// Where to go; the browser holds a cookie for the way.
export function begin_school_sign_in(who: BeginSchoolSignIn): Promise<Outcome<SchoolAddress>> {
  return outcome_of(post("/api/school-account/begin", JSON.stringify(who)));
}

// From the page /school/: `at` is the door that it began at.
export function finish_school_sign_in(at: string, what: FinishSchoolSignIn): Promise<Outcome<SchoolReturned>> {
  return outcome_of(post("/api/school-account/finish", JSON.stringify(what), "application/json", at));
}

export function own_school_account(): Promise<Outcome<SchoolAccountState>> {
  return outcome_of(fetch(`${door()}/api/own/school-account`));
}

export function link_school_account(proof: ProvePassword): Promise<Outcome<SchoolAddress>> {
  return outcome_of(post("/api/own/school-account/link", JSON.stringify(proof)));
}

export function unlink_school_account(proof: ProvePassword): Promise<Outcome<SchoolAccountState>> {
  return outcome_of(post("/api/own/school-account/unlink", JSON.stringify(proof)));
}

// ---- the own account, of staff ----

export function change_password(what: ChangePassword): Promise<Outcome<SecondStepState>> {
  return outcome_of(post("/api/own/password", JSON.stringify(what)));
}

export function second_step(): Promise<Outcome<SecondStepState>> {
  return outcome_of(fetch(`${door()}/api/own/second-step`));
}

export function offer_second_step(proof: ProvePassword): Promise<Outcome<SecondStepOffered>> {
  return outcome_of(post("/api/own/second-step/offer", JSON.stringify(proof)));
}

export function confirm_second_step(code: ConfirmCode): Promise<Outcome<SecondStepState>> {
  return outcome_of(post("/api/own/second-step/confirm", JSON.stringify(code)));
}

export function leave_second_step(proof: ProvePassword): Promise<Outcome<SecondStepState>> {
  return outcome_of(post("/api/own/second-step/leave", JSON.stringify(proof)));
}
