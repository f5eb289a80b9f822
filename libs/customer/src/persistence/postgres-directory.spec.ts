import { describe, expect, it } from '@jest/globals';
import type { Store } from '#lib/store';
import { settle, TestClock } from '#lib/testing';
import { Coherence } from '../coherence/coherence.js';
import type { EpochLog } from '../coherence/epoch-log.js';
import { PostgresDirectory } from './postgres-directory.js';

/** Nothing ever changes. */
const quietLog = {
  read: async () => ({ changes: [], next: '1' }),
  forget: async () => undefined,
} as unknown as EpochLog;

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

  it('comes with the customer whose account it is', async () => {
    const links = [{ subsidiary: 'POND', account: '1', epoch: 7 }];
    const row = { id: 'a', name: 'A', subject: null, rights_epoch: 1, links, consents: [] };
    let asked = 0;
    const store = {
      read: async () => {
        asked += 1;
        return { rows: [row] };
      },
    } as unknown as Store;
    const coherence = new Coherence(quietLog, new TestClock());
    await coherence.onModuleInit();
    const directory = new PostgresDirectory(store, coherence);
    expect(await directory.findBySubject('s')).toMatchObject({ id: 'a', links: { POND: '1' } });
    expect([directory.recallDataEpoch('POND', '1'), asked]).toEqual([7, 1]);
    coherence.onApplicationShutdown();
  });

  it('that is known already is not replaced by one that a slower look brings', async () => {
    const looks: ((row: object) => void)[] = [];
    const store = { read: () => new Promise((resolve) => looks.push(resolve)) } as unknown as Store;
    const coherence = new Coherence(quietLog, new TestClock());
    await coherence.onModuleInit();
    const directory = new PostgresDirectory(store, coherence);
    const slow = directory.find('a');
    const epoch = Promise.resolve(directory.dataEpoch('POND', '1'));
    looks[1]!({ epoch: 8 });
    expect(await epoch).toBe(8);
    const links = [{ subsidiary: 'POND', account: '1', epoch: 7 }];
    looks[0]!({ rows: [{ id: 'a', name: 'A', subject: null, rights_epoch: 1, links, consents: [] }] });
    await slow;
    expect(directory.recallDataEpoch('POND', '1')).toBe(8);
    coherence.onApplicationShutdown();
  });
});
