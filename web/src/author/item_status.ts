// Whether an item is given to pupils.
import { m } from "../paraglide/messages.js";

export const STATUSES = ["active", "trial", "retired"] as const;

export function status_name(status: string): string {
  if (status === "trial") return m.status_trial();
  return status === "retired" ? m.status_retired() : m.status_active();
}
