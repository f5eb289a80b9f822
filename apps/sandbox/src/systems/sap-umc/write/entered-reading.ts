import type { EnergyContractBook, Household } from '../../../world/household.js';
import type { Shelf } from '../books/shelf.js';

/** One reading as it was sent. */
export interface Entered {
  /** Empty where the body leaves it to the address. */
  readonly deviceId: string;
  readonly registerId: string;
  readonly value: string;
  /** `YYYY-MM-DDTHH:MM:SS`. */
  readonly readAt: string;
  /** Empty without a note. */
  readonly noteId: string;
}

/** The meter whose readings come in, with what is known of it. */
export interface Meter {
  readonly household: Household;
  readonly contract: EnergyContractBook;
  readonly deviceId: string;
  readonly shelf: Shelf;
}
