/** Members of groups, those of group `g` from `first[g]` up to `first[g + 1]`. */
export interface Grouped {
  readonly first: Uint32Array;
  readonly members: Uint32Array;
}

/**
 * Puts the numbers from 0 to `count` into groups and keeps their order (counting sort).
 * @param groupOf number of the group, or -1 for none
 */
export function groupBy(count: number, groups: number, groupOf: (member: number) => number): Grouped {
  const first = new Uint32Array(groups + 1);
  for (let member = 0; member < count; member += 1) {
    const group = groupOf(member);
    if (group >= 0) first[group + 1] = (first[group + 1] as number) + 1;
  }
  for (let group = 0; group < groups; group += 1)
    first[group + 1] = (first[group + 1] as number) + (first[group] as number);
  const next = first.slice();
  const members = new Uint32Array(first[groups] as number);
  for (let member = 0; member < count; member += 1) {
    const group = groupOf(member);
    if (group < 0) continue;
    const at = next[group] as number;
    members[at] = member;
    next[group] = at + 1;
  }
  return { first, members };
}
