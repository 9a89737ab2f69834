// Groups of pupils while a teacher shapes them: who is where, who may be where. Pure.
import type { Group, GroupPlan, GroupSet, Pair, ProposedGroup } from "../protocol";

export interface Member {
  pupil: number;
  either: number; // the place of the group that would do about as well, -1 = none
}

// A group on the page, proposed or kept.
export interface Shaped {
  members: Member[];
  topic: string;
  video: string;
  items: string[];
  plan: GroupPlan | null; // of a proposal, as long as nobody was moved
}

export interface Wish {
  kind: "apart" | "together";
  pupils: number[];
}

export const MOST_GROUPS = 8;
export const MOST_TOPICS = 4;

// 0 → "A"
export const letter_of = (place: number) => String.fromCharCode(65 + place);

export function shaped_from_proposal({ members, plan }: ProposedGroup): Shaped {
  const items = plan.items.map(({ id }) => id);
  return { members, topic: plan.topic, video: plan.video ?? "", items, plan };
}

export function shaped_from_kept({ pupils, topic, video, items }: Group): Shaped {
  return { members: pupils.map((pupil) => ({ pupil, either: -1 })), topic, video, items, plan: null };
}

export function to_keep(groups: Shaped[]): Group[] {
  const filled = groups.filter(({ members }) => members.length > 0);
  return filled.map(({ members, topic, video, items }) => {
    return { pupils: members.map(({ pupil }) => pupil), topic, video, items };
  });
}

// A person decided: where else the pupil would fit is no question any more. The plans were for others.
export function moved_to(groups: Shaped[], pupil: number, place: number): Shaped[] {
  const from = groups.findIndex(({ members }) => members.some((member) => member.pupil === pupil));
  if (from < 0 || from === place) return groups;
  return groups.map((group, index) => {
    if (index !== from && index !== place) return group;
    const members = group.members.filter((member) => member.pupil !== pupil);
    if (index === place) members.push({ pupil, either: -1 });
    return { ...group, members, plan: null };
  });
}

// Kept together means all of them, kept apart every two of them.
export function pairs_of(wishes: Wish[], kind: Wish["kind"]): Pair[] {
  return wishes
    .filter((wish) => wish.kind === kind)
    .flatMap(({ pupils }) =>
      pupils.flatMap((first, index) => pupils.slice(index + 1).map((second) => ({ first, second }))),
    );
}

// Groups as even as the class allows, with room for one more or less.
export function usual_sizes(pupils: number, groups: number): { smallest: number; largest: number } {
  const even = pupils / groups;
  return { smallest: Math.max(1, Math.floor(even) - 1), largest: Math.ceil(even) + 1 };
}

export function sizes_fit(pupils: number, groups: number, smallest: number, largest: number): boolean {
  if (![groups, smallest, largest].every(Number.isInteger)) return false;
  return groups >= 1 && smallest >= 1 && smallest * groups <= pupils && pupils <= largest * groups;
}

export function still_valid(sets: GroupSet[], today: string): GroupSet[] {
  return sets.filter(({ until }) => until >= today);
}
