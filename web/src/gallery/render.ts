// The entry of the build that scripts/gallery.mjs makes: a bank's draws in, the inside of the page out.
import { render } from "svelte/server";
import Gallery from "./Gallery.svelte";
import type { ShownBank } from "./shown";

export function gallery(bank: ShownBank): string {
  return render(Gallery, { props: { bank } }).body;
}
