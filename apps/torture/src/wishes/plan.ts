import type { Chance } from '../chance.js';
import type { Control } from '../client/control.js';
import type { GraphClient } from '../client/graph.js';
import { readHousehold } from './household.js';
import { wishesOf } from './make-wishes.js';
import { COMMAND_KINDS, type CommandKind, type Wish } from './wish.js';

/** The sandbox's computed households: `h-000013` to `h-100012`. */
const [FIRST, LAST] = [13, 100_012];
/** Households asked at once. */
const AT_ONCE = 6;

/**
 * So many wishes, the kinds in equal shares, of as many households as that takes, in no order.
 * @param progress between 0 and 1
 */
export async function planWishes(
  count: number,
  { control, graph, chance }: { control: Control; graph: GraphClient; chance: Chance },
  progress: (part: number) => void,
): Promise<readonly Wish[]> {
  const { today } = await control.ask<{ today: string }>('GET', '/clock');
  const quota = new Map(COMMAND_KINDS.map((kind, index) => [kind, shareOf(count, index)]));
  const chosen: Wish[] = [];
  let next = chance.between(FIRST, LAST - count * 20);
  while (chosen.length < count) {
    const keys = Array.from({ length: AT_ONCE }, () => `h-${String(next++).padStart(6, '0')}`);
    const households = await Promise.all(keys.map((key) => readHousehold(key, control, graph)));
    for (const wish of households.flatMap((each) => (each === null ? [] : wishesOf(each, today, chance)))) {
      const left = quota.get(wish.kind) ?? 0;
      if (left === 0) continue;
      quota.set(wish.kind, left - 1);
      chosen.push(wish);
    }
    progress(chosen.length / count);
  }
  return chance.shuffle(chosen);
}

function shareOf(count: number, index: number): number {
  const kinds = COMMAND_KINDS.length;
  return Math.floor(count / kinds) + (index < count % kinds ? 1 : 0);
}

/** The households whose card is topped up, for those who book on the same cards. */
export function cardHolders(wishes: readonly Wish[]): readonly string[] {
  const kind: CommandKind = 'pools.top-up-card';
  return [...new Set(wishes.filter((wish) => wish.kind === kind).map(({ household }) => household))];
}
