// A PIN in pictures, for who does not read digits yet: each digit has a picture, so one secret serves both.
import { m } from "../paraglide/messages.js";

export interface PinPicture {
  digit: string;
  name: () => string;
}

export const pin_pictures: readonly PinPicture[] = [
  { digit: "0", name: m.picture_sun },
  { digit: "1", name: m.picture_tree },
  { digit: "2", name: m.picture_fish },
  { digit: "3", name: m.picture_house },
  { digit: "4", name: m.picture_star },
  { digit: "5", name: m.picture_boat },
  { digit: "6", name: m.picture_apple },
  { digit: "7", name: m.picture_flower },
  { digit: "8", name: m.picture_balloon },
  { digit: "9", name: m.picture_mushroom },
];

// The pictures of a PIN, in order; none when it has other signs than digits.
export function pictures_of(pin: string): PinPicture[] {
  const found = [...pin].map((digit) => pin_pictures.find((picture) => picture.digit === digit));
  return found.every((picture) => picture !== undefined) ? found : [];
}
