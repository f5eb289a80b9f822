/** What the shop answers instead of doing as it was told: `{"error": {"code", "message", …facts}}`. */
export class ShopError extends Error {
  override readonly name = 'ShopError';

  /** @param facts further members of the error, e.g. the earliest day that would do */
  constructor(
    readonly status: 400 | 404 | 409 | 415 | 422,
    readonly code: string,
    message: string,
    readonly facts: Readonly<Record<string, string | number>> = {},
  ) {
    super(message);
  }

  body(): object {
    return { error: { code: this.code, message: this.message, ...this.facts } };
  }
}
