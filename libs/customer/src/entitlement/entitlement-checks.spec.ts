import { describe, expect, it } from '@jest/globals';
import { AppError } from '#lib/kernel';
import { customerOf, directoryOf, openScope, settle, TestClock } from '#lib/testing';
import type { Customer } from '../customer.js';
import type { CustomerNumbers } from '../customer-numbers.js';
import { EntitlementChecks } from './entitlement-checks.js';
import type { Entitlement, EntitlementQuestion, EntitlementService } from './entitlement.service.js';

const KIM = customerOf({ id: 'kim', links: { POOLS: '200020', ENERGY: '1' } });
const LOU = customerOf({ id: 'lou', links: { POOLS: '200020' } });

interface House {
  readonly holders?: readonly Customer[];
  readonly answers?: Readonly<Record<string, Entitlement | Promise<Entitlement>>>;
  /** The customers as they are found after the question, if not as before. */
  readonly later?: readonly Customer[];
}

function open({ holders = [KIM], answers = {}, later = holders }: House) {
  const clock = new TestClock();
  const asked: EntitlementQuestion[] = [];
  const numbers = {
    normalise: (_: string, number: string) => (/^\d+$/.test(number) ? number : undefined),
    listHolders: (_: string, account: string) =>
      Promise.resolve(account === '200020' ? holders.map(({ id }) => id) : []),
  } as unknown as CustomerNumbers;
  const directory = directoryOf(...holders);
  const service = {
    check: (question: EntitlementQuestion) => {
      asked.push(question);
      directory.find = (id) => Promise.resolve(later.find((customer) => customer.id === id));
      return Promise.resolve(answers[question.customer.id] ?? 'unknown');
    },
  } as unknown as EntitlementService;
  const checks = new EntitlementChecks(numbers, directory, service, clock);
  const check = (number: string): { settled: () => unknown } => {
    let outcome: unknown = 'waiting';
    const scope = openScope(clock, {
      principal: { kind: 'partner', clientId: 'till', subsidiary: 'POOLS', scopes: [] },
    });
    checks
      .check({ asking: 'POOLS', entitlement: 'energy-customer', number, reason: 'asked by till', scope })
      .then((answer) => (outcome = answer))
      .catch((error: AppError) => (outcome = error.code));
    return { settled: () => outcome };
  };
  return { clock, asked, check };
}

const never = new Promise<Entitlement>(() => undefined);

describe('an entitlement asked for by a number', () => {
  it.each(['yes', 'no'] as const)('is answered %s at once', async (answer) => {
    const { check, asked } = open({ answers: { kim: answer } });
    const question = check('200020');
    await settle();
    expect(question.settled()).toBe(answer);
    expect(asked.map(({ asking, reason }) => [asking, reason])).toEqual([['POOLS', 'asked by till']]);
  });

  it.each<[string, string, House]>([
    ['nobody’s number', '999999', {}],
    ['a number that can be none', 'x', {}],
    ['a customer without consent', '200020', { answers: { kim: 'unknown' } }],
    ['a system that never answers', '200020', { answers: { kim: never } }],
  ])('is unknown for %s, after the same time', async (_, number, house) => {
    const { check, clock } = open(house);
    const question = check(number);
    await clock.advance(1_999);
    expect(question.settled()).toBe('waiting');
    await clock.advance(1);
    expect(question.settled()).toBe('unknown');
  });

  it('is yes where one of those who share the number is entitled', async () => {
    const { check, asked } = open({ holders: [LOU, KIM], answers: { kim: 'yes', lou: 'no' } });
    const question = check('200020');
    await settle();
    expect([question.settled(), asked.length]).toEqual(['yes', 2]);
  });

  it('is not answered under a consent that was withdrawn meanwhile', async () => {
    const later = [{ ...KIM, rightsEpoch: KIM.rightsEpoch + 1 }];
    const { check, clock } = open({ answers: { kim: 'yes' }, later });
    const question = check('200020');
    await clock.advance(2_000);
    expect(question.settled()).toBe('unknown');
  });

  it('fails no earlier than it would be unknown', async () => {
    const away = Promise.reject<Entitlement>(new AppError('UPSTREAM_UNAVAILABLE', 'away'));
    away.catch(() => undefined);
    const { check, clock } = open({ answers: { kim: away } });
    const question = check('200020');
    await clock.advance(1_999);
    expect(question.settled()).toBe('waiting');
    await clock.advance(1);
    expect(question.settled()).toBe('UPSTREAM_UNAVAILABLE');
  });

  it('leaves the systems less time than the question has', async () => {
    const { check, asked, clock } = open({});
    const begun = clock.now();
    check('200020');
    await settle();
    expect(asked[0]!.scope.waitUntil - begun).toBeLessThan(2_000);
  });
});
