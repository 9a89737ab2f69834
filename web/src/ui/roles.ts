// The roles as the server names them.
export type Role = "pupil" | "teacher" | "author" | "guardian" | "leader" | "coordinator" | "administrator";
