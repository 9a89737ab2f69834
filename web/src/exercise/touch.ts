// On a phone or tablet the page brings its own keys: the system's keyboard would hide half of the exercise.
export function has_touch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}
