// Why something may be wrong with an exercise, in words.
import { language } from "../language.svelte";
import { m } from "../paraglide/messages.js";
import type { SuspectItem, SuspectSign } from "../protocol";

export function share_in_words(share: number): string {
  return share.toLocaleString(language.current, { style: "percent", maximumFractionDigits: 0 });
}

export function signs_in_words({ signs, right_share, predicted_share }: SuspectItem): string[] {
  const shares = { share: share_in_words(right_share), predicted: share_in_words(predicted_share) };
  return signs.map((sign) => in_words(sign, shares)).filter((text) => text !== "");
}

function in_words({ why, pupils: count }: SuspectSign, shares: { share: string; predicted: string }): string {
  switch (why) {
    case "suspect":
      return m.sign_suspect({ count });
    case "broken":
      return m.sign_broken({ count });
    case "unclear":
      return m.sign_unclear({ count });
    case "surprise":
      return m.sign_surprise({ count });
    case "harder":
      return m.sign_harder(shares);
    case "easier":
      return m.sign_easier(shares);
    case "otherwise":
      return m.sign_otherwise();
    default:
      return "";
  }
}
