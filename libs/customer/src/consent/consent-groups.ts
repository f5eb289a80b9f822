/**
 * Puts pairs together to as few statements as people can read: the largest groups in which each may use the data of
 * each other one. Every pair is in a group; a subsidiary may be in several.
 */
export function groupsOf(keys: readonly string[], covers: (one: string, other: string) => boolean): string[][] {
  const groups = new Map<string, string[]>();
  for (const one of keys) {
    for (const other of keys) {
      if (!covers(one, other)) continue;
      const group = extend([...new Set([one, other])], keys, covers);
      groups.set(group.join(' '), group);
    }
  }
  return [...groups.values()];
}

/** Adds whoever is covered with all that are in the group already; in the order of the keys. */
function extend(
  seed: readonly string[],
  keys: readonly string[],
  covers: (one: string, other: string) => boolean,
): string[] {
  const group = new Set(seed);
  for (const key of keys) {
    if ([...group].every((member) => member === key || covers(member, key))) group.add(key);
  }
  return keys.filter((key) => group.has(key));
}
