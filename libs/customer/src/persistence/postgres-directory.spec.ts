import { describe, expect, it } from '@jest/globals';
import type { Store } from '#lib/store';
import { settle, TestClock } from '#lib/testing';
import { Coherence } from '../coherence/coherence.js';
import type { EpochLog } from '../coherence/epoch-log.js';
import { PostgresDirectory } from './postgres-directory.js';

describe('the data epoch of an account', () => {
  it('is asked for once by all who need it in one tick, and anew in the next', async () => {
    let asked = 0;
    const store = { read: async () => ({ epoch: (asked += 1) }) } as unknown as Store;
    // Nothing in memory is trusted: the log was never read.
    const directory = new PostgresDirectory(store, new Coherence({} as EpochLog, new TestClock()));
    const epochs = (): Promise<number[]> =>
      Promise.all(['1', '1', '2'].map(async (account) => directory.dataEpoch('POND', account)));
    expect(await epochs()).toEqual([1, 1, 2]);
    await settle();
    expect(await epochs()).toEqual([3, 3, 4]);
  });

  it('that could not be asked for is asked for again', async () => {
    let asked = 0;
    const store = {
      read: async () => {
        if ((asked += 1) === 1) throw new Error('gone');
        return undefined;
      },
    } as unknown as Store;
    const directory = new PostgresDirectory(store, new Coherence({} as EpochLog, new TestClock()));
    await expect(directory.dataEpoch('POND', '1')).rejects.toThrow('gone');
    await settle();
    expect(await directory.dataEpoch('POND', '1')).toBe(0);
  });
});
