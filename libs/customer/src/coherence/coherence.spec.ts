import { beforeEach, describe, expect, it } from '@jest/globals';
import { settle, TestClock } from '#lib/testing';
import { Coherence, LEASE_MS, LEASE_WAIT_MS } from './coherence.js';
import { EpochLog, type LogPage } from './epoch-log.js';

class ScriptedLog extends EpochLog {
  readonly asked: (string | null)[] = [];
  changes: string[] = [];
  forgotten = 0;
  answer: (page: LogPage) => Promise<LogPage> = (page) => Promise.resolve(page);

  read(from: string | null): Promise<LogPage> {
    this.asked.push(from);
    const changes = this.changes.splice(0).map((key) => ({ key }));
    return this.answer({ changes, next: String(this.asked.length) });
  }

  forget(): Promise<void> {
    this.forgotten += 1;
    return Promise.resolve();
  }
}

describe('what an instance believes of its memory', () => {
  let clock: TestClock;
  let log: ScriptedLog;
  let coherence: Coherence;

  beforeEach(async () => {
    clock = new TestClock();
    log = new ScriptedLog();
    coherence = new Coherence(log, clock);
    await coherence.onModuleInit();
  });

  const remember = (value: string): Promise<object | undefined> => coherence.get('k', () => Promise.resolve({ value }));

  it('lasts as long as the log is read and says nothing of it', async () => {
    await remember('old');
    await clock.advance(1_000);
    expect(coherence.find('k')).toEqual({ value: 'old' });
    expect(log.asked.slice(0, 3)).toEqual([null, '1', '2']);
  });

  it('ends for an entry as soon as the log names it', async () => {
    await remember('old');
    log.changes = ['k'];
    await clock.advance(100);
    expect(coherence.find('k')).toBeUndefined();
  });

  it('ends for everything when the log cannot be read for the length of the lease', async () => {
    await remember('old');
    log.answer = () => Promise.reject(new Error('down'));
    await clock.advance(LEASE_MS);
    expect(coherence.find('k')).toBeUndefined();
  });

  it('counts the lease from the start of a reading, not from its end', async () => {
    await remember('old');
    let answer: () => void = () => undefined;
    log.answer = (page) => new Promise((resolve) => (answer = () => resolve(page)));
    await clock.advance(LEASE_MS);
    answer();
    await settle();
    expect(coherence.find('k')).toEqual({ value: 'old' });
    await clock.advance(100 + LEASE_MS - 100 - 100);
    expect(coherence.find('k')).toBeUndefined();
  });

  it('goes on where the last good reading ended', async () => {
    const { answer } = log;
    log.answer = () => Promise.reject(new Error('down'));
    await clock.advance(500);
    log.answer = answer;
    await clock.advance(100);
    expect(new Set(log.asked.slice(1))).toEqual(new Set(['1']));
    expect(await remember('new')).toEqual({ value: 'new' });
    expect(coherence.find('k')).toEqual({ value: 'new' });
  });

  it('does not keep what was loaded while a change came in', async () => {
    let finish: (value: object) => void = () => undefined;
    const loading = coherence.get('k', () => new Promise<object>((resolve) => (finish = resolve)));
    log.changes = ['k'];
    await clock.advance(100);
    finish({ value: 'read before the change' });
    await loading;
    expect(coherence.find('k')).toBeUndefined();
  });

  it('begins anew after an absence so long that the log may have forgotten changes', async () => {
    await remember('old');
    const { answer } = log;
    log.answer = () => Promise.reject(new Error('down'));
    await clock.advance(1_800_000);
    log.answer = answer;
    await clock.advance(200);
    expect(log.asked.at(-2)).toBeNull();
    expect(coherence.find('k')).toBeUndefined();
  });

  it('keeps the log tidy every ten minutes', async () => {
    await clock.advance(1_200_000);
    expect(log.forgotten).toBe(3);
  });

  it('is gone everywhere by the time a writer may answer', async () => {
    await remember('old');
    log.answer = () => Promise.reject(new Error('cut off'));
    let answered = false;
    void coherence.afterCommit().then(() => (answered = true));
    await clock.advance(LEASE_WAIT_MS - 1);
    expect([answered, coherence.find('k')]).toEqual([false, undefined]);
    await clock.advance(1);
    expect(answered).toBe(true);
  });
});
