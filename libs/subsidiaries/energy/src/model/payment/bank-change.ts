import { isIban } from '#lib/formats';
import { AppError, parseGlobalId, type Omission, type Principal, type Refusal } from '#lib/kernel';
import { ENERGY_KEY } from '../../operations.js';
import { hasGaps } from '../gaps.js';
import type { MandateText } from './mandate-text.js';
import { problemAt, refusalBy, type Objection } from '../meters/objection.js';
import { sameNumber } from '../sap-number.js';

/** A bank account (Bankverbindung) that a customer names, perhaps to be debited from now on. */
export type BankWish = {
  /** In capitals and without blanks; whether it is one is a rule, not a matter of form. */
  readonly iban: string;
  readonly holder: string;
  /** Null: the account is only entered. */
  readonly directDebit: DirectDebitWish | null;
};

/** The customer allows debits (SEPA-Lastschriftmandat): the day of the mandate is that of the receipt. */
export type DirectDebitWish = {
  readonly contractAccountId: string;
  /** Version of the text that was read and agreed to. */
  readonly textVersion: string;
};

/** A bank account as the system keeps it, with what changing it needs. Never leaves this lib. */
export interface HeldBankAccount {
  readonly number: string;
  readonly holder: string;
  /** Without blanks; some systems mask it. */
  readonly iban: string;
  /** Everything the system keeps of it, since a change replaces the whole. */
  readonly kept: KeptFields;
}

/** A business agreement (Geschäftspartnervereinbarung): the terms of payment of a contract account. */
export interface PaymentAgreement {
  /** That of the contract account. */
  readonly number: string;
  /** How the customer pays; empty where they transfer. */
  readonly method: string;
  readonly debitedBankAccount: string | null;
  readonly kept: KeptFields;
}

export type KeptFields = Readonly<Record<string, string | number | boolean | null>>;

/** A list of the system, and what of it could not be read. */
export interface Known<T> {
  readonly value: readonly T[];
  readonly omissions: readonly Omission[];
}

const LONGEST_HOLDER = 60;

/**
 * Countries from whose accounts SEPA core direct debits are possible (EPC409-09). A German account must not be demanded
 * (Art. 9 (2) of Regulation (EU) 260/2012).
 */
const SEPA = new Set(
  (
    'AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE ' +
    'SI SK SM VA'
  ).split(' '),
);

/**
 * Lets customers change their bank accounts right after a second factor, and agents of this company: bank accounts serve
 * payment and nothing else, so no other company has to do with them.
 * @param now clock time in milliseconds
 * @throws AppError STEP_UP_REQUIRED for a customer without a fresh factor, FORBIDDEN for anyone else
 */
export function expectMayChangeBank(principal: Principal, now: number): void {
  if (principal.kind === 'agent' && principal.subsidiary === ENERGY_KEY) return;
  if (principal.kind !== 'customer') {
    const reason = 'is for the customer and for agents of this company only';
    throw new AppError('FORBIDDEN', 'bank accounts are none of theirs', { reason });
  }
  if (now >= (principal.stepUpUntil ?? 0)) {
    const reason = 'sign in again with the second factor';
    throw new AppError('STEP_UP_REQUIRED', reason, { reason });
  }
}

/** What stands against the wish whatever SAP says. */
export function refusalOfBankWish(wish: BankWish): Refusal | null {
  const { directDebit } = wish;
  const isForeign = directDebit !== null && contractAccountOf(directDebit) === undefined;
  return refusalBy([
    ...problemAt('directDebit.contractAccountId', isForeign ? { code: 'NOT_YOURS' } : null),
    ...problemAt('iban', objectionToIban(wish)),
    ...problemAt('holder', objectionToHolder(wish)),
  ]);
}

/**
 * What stands against a direct debit by SAP's own list, and by the text that counts now.
 * @param known null where the list is not known: then it does not stand against anything
 * @param text null where the house has no creditor identifier
 */
export function refusalOfDirectDebit(
  { directDebit }: BankWish,
  known: Known<PaymentAgreement> | null,
  text: MandateText | null,
): Refusal | null {
  if (directDebit === null) return null;
  if (known !== null && agreementOf(directDebit, known) === undefined && !hasGaps(known)) {
    return refusalBy(problemAt('directDebit.contractAccountId', { code: 'NOT_YOURS' }));
  }
  if (text === null) return refusalBy(problemAt('directDebit', { code: 'NOT_POSSIBLE' }));
  if (directDebit.textVersion === text.version) return null;
  const choices = [{ value: text.version, label: text.text }];
  return refusalBy(problemAt('directDebit.textVersion', { code: 'TEXT_OUTDATED', choices }));
}

/** The number in the wish's id; undefined when it is not the id of a contract account. */
export function contractAccountOf({ contractAccountId }: DirectDebitWish): string | undefined {
  const parsed = parseGlobalId(contractAccountId);
  return parsed?.type === 'ContractAccount' ? parsed.key : undefined;
}

/** The agreement that the wish is about; undefined when it is not in the list. */
export function agreementOf(wish: DirectDebitWish, { value }: Known<PaymentAgreement>): PaymentAgreement | undefined {
  const number = contractAccountOf(wish);
  return value.find((agreement) => number !== undefined && sameNumber(agreement.number, number));
}

/** The entry of that IBAN; of several the one with the wished holder, else the first. */
export function heldOf({ iban, holder }: BankWish, { value }: Known<HeldBankAccount>): HeldBankAccount | undefined {
  const entries = value.filter((held) => held.iban === iban);
  return entries.find((held) => held.holder === holder) ?? entries[0];
}

/** Whether a masked entry may be the wished one: the characters that are left are the end of its IBAN. */
export function mayBeMasked({ iban }: BankWish, { value }: Known<HeldBankAccount>): boolean {
  return value.some((held) => {
    const end = /[^xX*•]*$/.exec(held.iban)?.[0] ?? '';
    return end !== held.iban && iban.endsWith(end);
  });
}

function objectionToIban({ iban, directDebit }: BankWish): Objection | null {
  if (!isIban(iban)) return { code: 'IBAN_INVALID' };
  return directDebit !== null && !SEPA.has(iban.slice(0, 2)) ? { code: 'IBAN_NOT_SEPA' } : null;
}

function objectionToHolder({ holder }: BankWish): Objection | null {
  if (holder === '') return { code: 'TEXT_MISSING' };
  return holder.length > LONGEST_HOLDER ? { code: 'TEXT_TOO_LONG' } : null;
}
