// A kind sentence for each code the server may refuse with.
import { m } from "../paraglide/messages.js";

export function refusal_text(code: string): string {
  switch (code) {
    case "invalid":
      return m.refused_invalid();
    case "not-found":
      return m.refused_not_found();
    case "forbidden":
      return m.refused_forbidden();
    case "conflict":
      return m.refused_conflict();
    case "too-large":
      return m.refused_too_large();
    case "too-many":
      return m.refused_too_many();
    default:
      return m.refused_unavailable();
  }
}
