// The answer types in words.
import { m } from "../paraglide/messages.js";

export function answer_type_name(type: string): string {
  switch (type) {
    case "number":
      return m.type_number();
    case "fraction":
      return m.type_fraction();
    case "single":
      return m.type_single();
    case "multiple":
      return m.type_multiple();
    case "text":
      return m.type_text();
    case "ordering":
      return m.type_ordering();
    default:
      return type;
  }
}
