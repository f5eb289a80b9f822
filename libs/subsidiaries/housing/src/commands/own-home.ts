import { parseGlobalId, Refusal, toGlobalId, type CalendarDate, type Principal, type Problem } from '#lib/kernel';
import type { Home } from '../model/home.js';
import type { RepairReport } from '../model/repair-report.js';
import { HOUSING_KEY } from '../operations.js';

type Place = Pick<RepairReport, 'leaseId' | 'flat'>;

/** The flat a report is about; undefined when the tenant has no such lease that still runs or will. */
export function findHome(homes: readonly Home[], place: Place, today: CalendarDate): Home | undefined {
  return homes.find((home) => isLasting(home, today) && isMeant(home, place));
}

function isMeant({ lease, flat }: Home, place: Place): boolean {
  if (place.flat !== null) return withoutBlanks(flat) === withoutBlanks(place.flat);
  const id = parseGlobalId(place.leaseId ?? '');
  return id?.type === 'Lease' && id.key === lease;
}

/** A future lease counts: keys are handed over before it begins. */
function isLasting({ until }: Home, today: CalendarDate): boolean {
  return until === null || until >= today;
}

/** `4711 / 2 / 5` and `4711/2/5` are one number. */
function withoutBlanks(number: string): string {
  return number.replace(/\s/g, '');
}

/** Where someone lives is shown to themself and at the landlord's own counters. */
export function mayRead(principal: Principal): boolean {
  return principal.kind === 'customer' || (principal.kind === 'agent' && principal.subsidiary === HOUSING_KEY);
}

/** @param homes what could be meant instead; empty where the caller may not see it */
export function notYours(place: Place, homes: readonly Home[], today: CalendarDate): Refusal {
  const choices = homes
    .filter((home) => isLasting(home, today))
    .map(({ lease, flat, street, postcode, city }) => ({
      value: place.flat === null ? toGlobalId('Lease', lease) : flat,
      label: `${street}, ${postcode} ${city}`,
    }));
  const path = place.flat === null ? 'leaseId' : 'flat';
  const problem: Problem = { path, code: 'NOT_YOURS', ...(choices.length > 0 && { choices }) };
  return new Refusal('NOT_YOURS', { problems: [problem] });
}
