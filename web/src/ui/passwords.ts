// What a new password must be; the server says so too.
import { m } from "../paraglide/messages.js";

export const PASSWORD_LEAST = 10; // characters

// Why not, "" when it may be.
export function new_password_problem(secret: string, again: string): string {
  if (secret.length < PASSWORD_LEAST) return m.set_up_short({ least: PASSWORD_LEAST });
  return secret === again ? "" : m.set_up_differs();
}
