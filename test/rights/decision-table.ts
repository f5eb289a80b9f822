import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decide, listLabels, PURPOSES, type Decision, type Label, type Purpose } from '#lib/customer';
import type { Principal } from '#lib/kernel';
import { customerOf } from '#lib/testing';
import { callers, CONSENTS, NOW, partners } from './callers.js';
import { handingScopes, KEYS, LABELLED, rightsOf } from './labelled-models.js';

/** Row of the part of a subsidiary as a whole, whatever is in it. */
export const PART = 'the part as a whole';

/** Callers to whom no row of the table shows anything. */
export const SEES_NOTHING = 'sees nothing of anyone';

export const TABLE_FILE = join(import.meta.dirname, 'decision-table.json');

const SIGN: Readonly<Record<Decision, string>> = { show: 'S', ask: '?', hide: '.' };

/** Purpose and caller → one sign for each state of consent. */
type Rows = Record<string, string>;

export interface DecisionTable {
  readonly about: Readonly<Record<string, string>>;
  /** Position in the rows → state of consent. */
  readonly consents: Readonly<Record<string, string>>;
  readonly callers: Readonly<Record<string, string>>;
  /** Subsidiary → property → its label. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Subsidiary → rights of the label → rows. */
  readonly decisions: Readonly<Record<string, Readonly<Record<string, Rows>>>>;
}

/** The table as committed. */
export function readTable(): DecisionTable {
  return JSON.parse(readFileSync(TABLE_FILE, 'utf8')) as DecisionTable;
}

/** Asks the decision function about every label, caller, consent and purpose, for a customer linked everywhere. */
export function buildTable(): DecisionTable {
  const decisions = Object.fromEntries(KEYS.map((key) => [key, decisionsOf(key)]));
  const rows = Object.values(decisions).flatMap((ofLabels) => Object.values(ofLabels).flatMap(Object.keys));
  const seeing = new Set(rows.map((row) => row.slice(row.indexOf(': ') + 2)));
  return {
    about: {
      S: 'shown',
      '?': 'not shown; the customer is asked for consent',
      '.': 'not shown; the caller may not know that it exists',
      rows: 'one sign for each state of consent, in their order; rows of dots only are left out',
    },
    consents: Object.fromEntries(Object.keys(CONSENTS).map((name, index) => [String(index + 1), name])),
    callers: Object.fromEntries(
      [...Object.keys(callers()), ...Object.keys(partners(handingScopes(listLabels)))].map((name) => [
        name,
        seeing.has(name) ? 'as below' : SEES_NOTHING,
      ]),
    ),
    labels: Object.fromEntries(KEYS.map((key) => [key, labelsOf(key)])),
    decisions,
  };
}

/** The sign in the table for one question. */
export function signOf(
  table: DecisionTable,
  question: { subsidiary: string; rights: string; purpose: Purpose; caller: string; consent: string },
): string {
  const { subsidiary, rights, purpose, caller, consent } = question;
  const row = table.decisions[subsidiary]?.[rights]?.[`${purpose}: ${caller}`];
  return row?.[Object.values(table.consents).indexOf(consent)] ?? SIGN.hide;
}

function labelsOf(subsidiary: string): Record<string, string> {
  const properties = listLabels(LABELLED[subsidiary]!);
  return Object.fromEntries(properties.map(([path, label]) => [path, `${label.category}: ${rightsOf(label)}`]));
}

function decisionsOf(subsidiary: string): Record<string, Rows> {
  const decisions: Record<string, Rows> = { [PART]: rowsOf(subsidiary, null) };
  for (const [path, label] of listLabels(LABELLED[subsidiary]!)) {
    const rows = rowsOf(subsidiary, label);
    const known = decisions[rightsOf(label)];
    if (known && JSON.stringify(known) !== JSON.stringify(rows)) throw new Error(`${path} is decided by its category`);
    decisions[rightsOf(label)] = rows;
  }
  return decisions;
}

function rowsOf(subsidiary: string, label: Label | null): Rows {
  const rows: Rows = {};
  const letIn = partners(handingScopes(listLabels));
  const groups = [...PURPOSES.map((purpose) => [purpose, callers()] as const), ['PARTNER_ACCESS', letIn] as const];
  for (const [purpose, principals] of groups) {
    for (const [name, principal] of Object.entries<Principal>(principals)) {
      const signs = Object.values(CONSENTS).map((consents) => {
        const links = Object.fromEntries(KEYS.map((key) => [key, '1']));
        const customer = customerOf({ links, consents });
        return SIGN[decide({ principal, customer, subsidiary, label, purpose, now: NOW })];
      });
      if (signs.some((sign) => sign !== SIGN.hide)) rows[`${purpose}: ${name}`] = signs.join('');
    }
  }
  return rows;
}
