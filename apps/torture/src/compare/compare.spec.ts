import { describe, expect, it } from '@jest/globals';
import { DEDUPES, type CommandKind } from '../wishes/wish.js';
import { countEffects, effects } from './books.js';
import { compare, type EndState, type Promised } from './compare.js';

const promise = (
  kind: CommandKind,
  state: EndState | null,
  wished: readonly string[] = ['e'],
  processes: readonly string[] = ['p-1'],
): Promised => ({ wish: { key: 'k', kind, effects: wished }, processes, state });

const booked = (...names: string[]): ReadonlyMap<string, number> => {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
};

const found = (promised: Promised, ...names: string[]): readonly string[] =>
  compare([promised], booked(...names)).violations.map(({ violation }) => violation);

const KEYED = 'housing.report-repair';
const NATURAL = 'energy.submit-readings';
const MONEY = 'pools.top-up-card';

describe('the comparison of processes with the books', () => {
  it.each(Object.keys(DEDUPES) as CommandKind[])('has nothing against %s done once', (kind) => {
    expect(found(promise(kind, 'DONE'), 'e')).toEqual([]);
  });

  it.each(Object.keys(DEDUPES) as CommandKind[])('finds a doubled booking of %s, whatever its state', (kind) => {
    expect(found(promise(kind, 'DONE'), 'e', 'e')).toEqual(['doubled']);
    expect(found(promise(kind, 'WITH_AGENT'), 'e', 'e')).toEqual(['doubled']);
    expect(found(promise(MONEY, 'UNCERTAIN'), 'e', 'e')).toEqual(['doubled']);
  });

  it.each([
    [promise(KEYED, 'DONE'), ['lost']],
    [promise(KEYED, null), ['lost']],
    [promise(KEYED, null, ['e'], []), ['unanswered']],
    [promise(KEYED, 'ACCEPTED'), ['unfinished']],
    [promise(MONEY, 'RUNNING'), ['unfinished']],
  ])('finds what is lost: %j', (promised, violations) => {
    expect(found(promised)).toEqual(violations);
  });

  it.each(['REFUSED', 'REFUSED_AT_ONCE', 'CANCELLED', 'NEEDS_CUSTOMER'] as const)(
    'finds an effect of what the customer was told is %s',
    (state) => {
      expect(found(promise(NATURAL, state), 'e')).toEqual(['contradicted']);
      expect(found(promise(NATURAL, state))).toEqual([]);
    },
  );

  it('lets money be uncertain, booked or not, and nothing else', () => {
    expect(found(promise(MONEY, 'UNCERTAIN'))).toEqual([]);
    expect(found(promise(MONEY, 'UNCERTAIN'), 'e')).toEqual([]);
    expect(found(promise(KEYED, 'UNCERTAIN'), 'e')).toEqual(['needless']);
    expect(found(promise(NATURAL, 'UNCERTAIN'))).toEqual(['needless']);
  });

  it('finds readings of which only some arrived', () => {
    expect(found(promise(NATURAL, 'DONE', ['one', 'two']), 'one')).toEqual(['half']);
    expect(found(promise(NATURAL, 'DONE', ['one', 'two']), 'one', 'two')).toEqual([]);
  });

  it('finds two processes of one key, and bookings that nobody wished', () => {
    expect(found(promise(KEYED, 'DONE', ['e'], ['p-1', 'p-1']), 'e')).toEqual([]);
    expect(found(promise(KEYED, 'DONE', ['e'], ['p-1', 'p-2']), 'e')).toEqual(['several']);
    expect(compare([], booked('x')).violations).toEqual([{ violation: 'stray', of: 'x', kind: null }]);
  });

  it('counts what became of them, by kind', () => {
    const states = ['DONE', 'REFUSED', 'REFUSED_AT_ONCE', 'UNCERTAIN', 'WITH_AGENT', 'NEEDS_CUSTOMER'] as const;
    const promised = [
      ...states.map((state) => promise(MONEY, state, [state])),
      promise(MONEY, 'UNCERTAIN', ['booked']),
      promise(KEYED, 'DONE', ['repair']),
    ];
    const { tallies } = compare(promised, booked('DONE', 'booked', 'repair'));
    expect(tallies.find(({ kind }) => kind === MONEY)).toEqual({
      kind: MONEY,
      submitted: 7,
      done: 1,
      refused: 2,
      uncertain: 2,
      uncertainBooked: 1,
      withPeople: 2,
    });
    expect(tallies.map(({ kind, done }) => [kind, done])).toContainEqual([KEYED, 1]);
  });
});

describe('the books', () => {
  const deposit = { kind: 'deposit', account: '200013', amount: '5.10', balance: '9.00' };

  it('are read as effects in the words of the wishes, each as often as it was booked', () => {
    const bookings = [
      { kind: 'meter-reading', account: '4711', day: '2026-11-22', value: '12.0', times: 1 },
      { kind: 'instalment-change', account: '4711', amount: '85.000', from: '2027-01-01T00:00:00' },
      { kind: 'repair-report', account: 'M-1', description: 'Es tropft.' },
      { kind: 'pause', account: 'K-1', from: '2027-01-01', until: '2027-01-31' },
      deposit,
      deposit,
    ];
    expect([...countEffects(bookings)]).toEqual([
      [effects.reading('4711', '2026-11-22', '12'), 1],
      [effects.instalment('4711', '85.00', '2027-01-01'), 1],
      [effects.repair('M-1', 'Es tropft.'), 1],
      [effects.pause('K-1', '2027-01-01', '2027-01-31'), 1],
      [effects.deposit('200013', '5.1'), 2],
    ]);
  });

  it('leave out what others booked, and keep what nobody can have wished', () => {
    expect(countEffects([{ ...deposit, kind: 'foreign-booking' }]).size).toBe(0);
    expect([...countEffects([{ kind: 'resume', account: 'K-1' }]).keys()]).toEqual([
      '{"kind":"resume","account":"K-1"}',
    ]);
  });
});
