// Standings in groups, in the order the server sends them.
import type { Standing } from "../protocol";

export function by_domain(topics: Standing[]): { domain: string; standings: Standing[] }[] {
  const groups = new Map<string, Standing[]>();
  for (const topic of topics) groups.set(topic.domain, [...(groups.get(topic.domain) ?? []), topic]);
  return [...groups].map(([domain, standings]) => ({ domain, standings }));
}
