/**
 * Which state of the data numbers are counted in that only ever rise, such as epochs. A database that was put back to an
 * earlier state counts them a second time.
 */
export interface DataState {
  /** Another text after the database was replaced or put back. Known once the program has started. */
  readonly mark: string;
}

/** Injection token of the DataState; optional for whoever can do without a database. */
export const DATA_STATE = Symbol('DataState');
