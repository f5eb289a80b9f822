import { type AccessRecord, ConsentState, CustomerDirectory, pairsAmong, PURPOSES, type Customer } from '#lib/customer';

export interface CustomerWishes extends Partial<Omit<Customer, 'links'>> {
  /** Key of subsidiary → the customer's number there. */
  readonly links: Readonly<Record<string, string>>;
}

/** A customer who signs in as `kim` and consents to everything between all linked subsidiaries, unless told otherwise. */
export function customerOf({ links, ...wishes }: CustomerWishes): Customer {
  const consents = new ConsentState(PURPOSES.flatMap((purpose) => pairsAmong(purpose, Object.keys(links))));
  return { id: 'c-1', subject: 'kim', name: 'Kim Beispiel', links, consents, rightsEpoch: 1, ...wishes };
}

/** A record of access that keeps nothing. */
export const noRecord = { note: () => Promise.resolve() } as Partial<AccessRecord> as AccessRecord;

/** A directory that knows exactly these customers. */
export function directoryOf(...customers: readonly Customer[]): CustomerDirectory {
  return new FixedDirectory(customers);
}

class FixedDirectory extends CustomerDirectory {
  constructor(private readonly customers: readonly Customer[]) {
    super();
  }

  findBySubject(subject: string): Promise<Customer | undefined> {
    return Promise.resolve(this.customers.find((customer) => customer.subject === subject));
  }

  find(id: string): Promise<Customer | undefined> {
    return Promise.resolve(this.customers.find((customer) => customer.id === id));
  }

  dataEpoch(): number {
    return 0;
  }
}
