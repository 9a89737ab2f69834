// What videos have been found to do, in words. Pure but for the words.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { VideoEffect } from "../protocol";
import { share_in_words } from "../ui/suspects";

function in_shares({ before, after, low, high }: VideoEffect) {
  const [from, to, least, most] = [before, after, low, high].map(share_in_words);
  return { before: from, after: to, low: least, high: most };
}

export function effect_text(effect: VideoEffect): string {
  return effect.known ? m.effect_known(in_shares(effect)) : m.effect_unknown();
}

// For lists.
export function effect_brief(effect: VideoEffect): string {
  return effect.known ? m.effect_brief(in_shares(effect)) : m.effect_unknown();
}

// For whoever wants to know: nothing is known of it otherwise than in these.
export function logits_text({ logits, sd }: VideoEffect): string {
  const decimal = (value: number) => value.toLocaleString(language.current, { maximumFractionDigits: 2 });
  return m.effect_logits({ logits: decimal(logits), sd: decimal(sd) });
}

// What is common to all videos lies outside the interval of this one, or it does not.
export function compared(effect: VideoEffect, all: VideoEffect): string {
  const said = { all: effect_text(all) };
  if (!effect.known || !all.known) return m.effect_all({ effect: said.all });
  if (all.after < effect.low) return m.effect_more(said);
  return all.after > effect.high ? m.effect_less(said) : m.effect_alike(said);
}
