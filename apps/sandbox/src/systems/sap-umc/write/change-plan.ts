import { addDays } from '../../../world/dates.js';
import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { firstOfNextMonth } from '../books/dates.js';
import { compareDecimals, withScale } from '../books/decimal-text.js';
import type { Row } from '../books/row.js';
import { badRequest, businessError } from '../sap-error.js';
import type { Payload } from './payload.js';

const LONGEST_AHEAD_DAYS = 366;

/**
 * Changes the amount of an instalment plan from a day on.
 * @throws SapError 400 when Amount or ChangeFromDate is missing, not within the plan's limits, or not in time
 */
export function changePlan({ world, ledger }: Backend, household: Household, plan: Row, { values }: Payload): void {
  const [amount, changeFrom] = [values.get('Amount'), values.get('ChangeFromDate')];
  if (typeof amount !== 'string') throw badRequest("Property 'Amount' hat einen ungültigen Wert");
  if (typeof changeFrom !== 'string') throw badRequest("Property 'ChangeFromDate' hat einen ungültigen Wert");
  for (const key of ['ContractID', 'BudgetBillingPlanID']) {
    const sent = values.get(key);
    if (sent !== undefined && sent !== plan[key]) throw badRequest(`Property '${key}' passt nicht zum Schlüssel`);
  }
  const from = changeFrom.slice(0, 10);
  refuseAmount(amount, String(plan['LowerLimitAmount']), String(plan['UpperLimitAmount']));
  refuseDay(from, world.today(), String(plan['EndDate']).slice(0, 10));
  ledger.book({
    kind: 'instalment-change',
    household: household.number,
    accountId: household.energy?.accountId ?? '',
    contractId: String(plan['ContractID']),
    planId: String(plan['BudgetBillingPlanID']),
    amount: withScale(amount, 2),
    from,
    at: world.now(),
  });
}

function refuseAmount(amount: string, lowest: string, highest: string): void {
  if (compareDecimals(amount, withScale(amount, 2)) !== 0) {
    throw businessError([{ code: 'EL/355', message: `Betrag ${amount} hat zu viele Nachkommastellen` }]);
  }
  if (compareDecimals(amount, lowest) >= 0 && compareDecimals(amount, highest) <= 0) return;
  const message = `Abschlagsbetrag ${amount} liegt außerhalb der Grenzen ${lowest} bis ${highest} EUR`;
  throw businessError([{ code: 'EL/209', message }]);
}

/** From the first of next month on, at most a year ahead, and while the contract runs. */
function refuseDay(from: string, today: string, end: string): void {
  if (from >= firstOfNextMonth(today) && from <= addDays(today, LONGEST_AHEAD_DAYS) && from <= end) return;
  throw businessError([{ code: 'EL/422', message: `Abschlagsänderung ab ${from} ist derzeit nicht möglich` }]);
}
