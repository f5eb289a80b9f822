/** A database of one suite, empty at first, and the means to make its server fail. */
export interface TestDatabase {
  /** Its address, for DATABASE_URL. */
  readonly url: string;
  /** Ends every connection at once, like a crash, and lets nobody in. */
  stopImmediately(): Promise<void>;
  /** Lets everybody in again. */
  start(): Promise<void>;
  /** Removes the database and all that is in it. */
  close(): Promise<void>;
}
