import { describe, expect, it } from '@jest/globals';
import { settle } from '#lib/testing';
import { Lookups } from './lookups.js';

/** Gives each name's own text, some time later; keeps what was asked together. */
function fakeLink(): { asked: string[][]; link: ConstructorParameters<typeof Lookups>[0]; answers: () => void } {
  const asked: string[][] = [];
  const waiting: (() => void)[] = [];
  const client = {
    mgetBuffer: (names: string[]): Promise<(Buffer | null)[]> => {
      asked.push(names);
      return new Promise((resolve) => {
        waiting.push(() => resolve(names.map((name) => (name === 'none' ? null : Buffer.from(name)))));
      });
    },
  };
  const link = { ask: (command: (client: never) => Promise<unknown>) => command(client as never) } as never;
  return { asked, link, answers: () => waiting.splice(0).forEach((answer) => answer()) };
}

describe('lookups in Redis', () => {
  it('of one tick are one command, each name once', async () => {
    const { asked, link, answers } = fakeLink();
    const lookups = new Lookups(link);
    const later = Promise.resolve().then(() => lookups.find('c'));
    const found = [lookups.find('a'), lookups.find('none'), lookups.find('a'), later];
    await settle();
    expect(asked).toEqual([['a', 'none', 'c']]);
    answers();
    expect((await Promise.all(found)).map((bytes) => bytes && String(bytes))).toEqual(['a', null, 'a', 'c']);
  });

  it('let all who asked go on in one tick', async () => {
    const { link, answers } = fakeLink();
    const lookups = new Lookups(link);
    let gone = 0;
    const found = ['a', 'b', 'c'].map((name) => lookups.find(name).then(() => (gone += 1)));
    await settle();
    answers();
    await Promise.race(found);
    await Promise.resolve();
    expect(gone).toBe(3);
  });

  it('are parted when there are many, and not begun when too many wait', async () => {
    const { asked, link, answers } = fakeLink();
    const lookups = new Lookups(link);
    const found = Array.from({ length: 2_001 }, (_, index) => lookups.find(String(index)));
    expect(await found[2_000]).toBeUndefined();
    await settle();
    expect(asked).toHaveLength(32);
    expect(Math.max(...asked.map((names) => names.length))).toBe(64);
    answers();
    await Promise.all(found);
    const again = lookups.find('again');
    await settle();
    answers();
    expect(String(await again)).toBe('again');
  });

  it('find nothing where the link does not answer', async () => {
    const lookups = new Lookups({ ask: () => Promise.resolve(undefined) });
    expect(await Promise.all([lookups.find('a'), lookups.find('b')])).toEqual([undefined, undefined]);
  });
});
