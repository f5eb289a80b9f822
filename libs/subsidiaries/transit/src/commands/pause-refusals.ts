import { Refusal, toGlobalId, type CalendarDate, type Principal, type Problem } from '#lib/kernel';
import type { PauseRefusal } from '../backend/read-pause-answer.js';
import { earliestPause, tooManyMonths, type PausableSubscription } from '../model/pause.js';
import { TRANSIT_KEY } from '../operations.js';

/** Which subscriptions someone has is shown to themself and at the company's own counters. */
export function mayRead(principal: Principal): boolean {
  return principal.kind === 'customer' || (principal.kind === 'agent' && principal.subsidiary === TRANSIT_KEY);
}

/** @param own what could be meant instead; empty where the caller may not see it */
export function notYours(own: readonly PausableSubscription[]): Refusal {
  const choices = own.map(({ number, product }) => ({
    value: toGlobalId('FareSubscription', number),
    label: `${product} (${number})`,
  }));
  const problem: Problem = { path: 'subscriptionId', code: 'NOT_YOURS', ...(choices.length > 0 && { choices }) };
  return new Refusal('NOT_YOURS', { problems: [problem] });
}

/** What has ended before a pause begins cannot rest. */
export function notRunning({ until }: PausableSubscription, pause: { readonly from: CalendarDate }): Refusal | null {
  return until !== null && until < pause.from ? new Refusal('NOT_POSSIBLE') : null;
}

/** What the shop said, in the words of the house, with its own sentence beside it. */
export function refusedByShop(refusal: PauseRefusal, today: CalendarDate): Refusal {
  const problem = problemOf(refusal, today);
  const { message } = refusal;
  return new Refusal(problem?.code ?? 'NOT_POSSIBLE', {
    ...(problem && { problems: [problem] }),
    ...(message !== null && { subsidiaryMessage: message }),
  });
}

function problemOf({ reason, earliest, remainingMonths }: PauseRefusal, today: CalendarDate): Problem | null {
  switch (reason) {
    case 'UNKNOWN_SUBSCRIPTION':
      return { path: 'subscriptionId', code: 'NOT_YOURS' };
    case 'TOO_EARLY':
      return { path: 'from', code: 'DATE_TOO_EARLY', earliest: earliest ?? earliestPause(today) };
    case 'TOO_LATE':
      return { path: 'from', code: 'DATE_TOO_LATE' };
    case 'TOO_LONG':
      return remainingMonths !== null && remainingMonths > 0 ? tooManyMonths(remainingMonths) : null;
    case 'OTHER':
      return null;
  }
}
