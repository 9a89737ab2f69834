// Which pupil used this device last: the class code need not be typed again, and what was given is kept apart per
// pupil.
export interface RememberedPupil {
  class_code: string;
  name: string;
  pictures?: boolean; // the PIN was tapped in pictures
}

const KEY = "trede.pupil";

export function last_pupil(storage: Storage = localStorage): RememberedPupil {
  try {
    const { class_code = "", name = "", pictures = false } = JSON.parse(storage.getItem(KEY) ?? "{}");
    return { class_code, name, pictures };
  } catch {
    return { class_code: "", name: "" };
  }
}

export function remember_pupil(
  { class_code, name, pictures = false }: RememberedPupil,
  storage: Storage = localStorage,
) {
  storage.setItem(KEY, JSON.stringify({ class_code, name, pictures }));
}

// Upper and lower case are the same pupil, as they are for the server.
export function pupil_key({ class_code, name }: RememberedPupil): string {
  return `${class_code}/${name}`.toLowerCase().replace(/\s+/g, " ").trim();
}
