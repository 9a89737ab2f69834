// The roles in words, and the door each comes in by.
import { m } from "../paraglide/messages.js";

export function role_text(role: string): string {
  switch (role) {
    case "teacher":
      return m.role_teacher();
    case "author":
      return m.role_author();
    case "guardian":
      return m.role_guardian();
    case "leader":
      return m.role_leader();
    case "coordinator":
      return m.role_coordinator();
    case "administrator":
      return m.role_administrator();
    default:
      return m.role_pupil();
  }
}

// Above a list of them.
export function roles_text(role: string): string {
  switch (role) {
    case "teacher":
      return m.admin_teachers();
    case "author":
      return m.roles_authors();
    case "guardian":
      return m.door_guardian();
    case "coordinator":
      return m.roles_coordinators();
    case "administrator":
      return m.roles_administrators();
    default:
      return role_text(role);
  }
}

export function door_of(role: string): string {
  if (role === "administrator") return "/admin/";
  return role === "coordinator" ? "/talent/" : `/${role}/`;
}
