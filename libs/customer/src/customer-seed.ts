import type { Instant } from '#lib/kernel';

/** A customer as the seed describes them: linked, and consenting to see all linked subsidiaries side by side. */
export interface SeededCustomer {
  readonly id: string;
  readonly name: string;
  readonly links: Readonly<Record<string, string>>;
  readonly at: Instant;
}

/** Where customers come from who are not in the database yet; the sandbox is one. */
export abstract class CustomerSeed {
  /** @throws AppError UPSTREAM_UNAVAILABLE when the seed cannot be asked */
  abstract describe(subject: string): Promise<SeededCustomer | undefined>;
}
