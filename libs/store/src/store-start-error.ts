/** The store cannot be opened. The message says in one line what is wrong and what cures it, for the operator. */
export class StoreStartError extends Error {
  override readonly name = 'StoreStartError';

  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
