import type { EnergyContractBook } from '../../../world/household.js';
import { midnight } from './dates.js';
import type { Row } from './row.js';

/**
 * Terms by division, as number and unit (D days, W weeks, M months, Y years). District heating runs for years
 * (AVBFernwärmeV § 32); water has a notice period only (AVBWasserV § 32).
 */
const TERMS: Readonly<
  Record<EnergyContractBook['division'], { readonly term: string | null; readonly notice: string }>
> = {
  '01': { term: '12M', notice: '1M' },
  '02': { term: '12M', notice: '4W' },
  '03': { term: null, notice: '1M' },
  '07': { term: '10Y', notice: '9M' },
};

/** Attributes and dates of a contract in CRM. Their names are this house's customising. */
export function termsRows(contract: EnergyContractBook): Record<string, readonly Row[]> {
  const { term, notice } = TERMS[contract.division];
  const key = { ContractID: contract.contractId, ContractStartDate: midnight(contract.from) };
  return {
    ContractAttribute: [
      ...(term === null ? [] : [{ ...key, AttributeID: 'MIN_TERM', Description: 'Mindestlaufzeit', Value: term }]),
      { ...key, AttributeID: 'NOTICE_PERIOD', Description: 'Kündigungsfrist', Value: notice },
    ],
    ContractDate: [
      {
        ...key,
        DateID: 'SIGNED',
        Description: 'Vertragsschluss',
        DateValue: midnight(contract.signedOn ?? contract.from),
      },
      ...(term === null
        ? []
        : [
            {
              ...key,
              DateID: 'BOUND_UNTIL',
              Description: 'Ende der Bindung',
              DateValue: midnight(boundUntil(contract.from, term)),
            },
          ]),
    ],
  };
}

/** The day before the anniversary on which the first term is over. */
function boundUntil(from: string, term: string): string {
  const count = Number.parseInt(term, 10) * (term.endsWith('Y') ? 12 : 1);
  const [year, month, day] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)), Number(from.slice(8))];
  return new Date(Date.UTC(year, month - 1 + count, day - 1)).toISOString().slice(0, 10);
}
