import type { Label, Labels } from '#lib/customer';

/** Someone whom a search among the business partners shows: as little as it takes to recognise a person. */
export interface FoundCustomer {
  /** Business partner number, ten digits: what a mandate is opened with. */
  readonly number: string;
  /** As the system writes it, salutation included. */
  readonly name: string;
  /** Without the number of the house; null where the system keeps no address. */
  readonly street: string | null;
  readonly city: string | null;
}

/** Shown before anybody is served: to this company's own counter and to nobody else. */
const RECOGNITION: Label = { category: 'IDENTITY', purposes: [], grid: false };

export const foundCustomerLabels: Labels<FoundCustomer> = {
  number: { category: 'CONTRACT', purposes: [], grid: false },
  name: RECOGNITION,
  street: { category: 'ADDRESS', purposes: [], grid: false },
  city: { category: 'ADDRESS', purposes: [], grid: false },
};
