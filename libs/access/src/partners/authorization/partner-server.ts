/** Under which address and with which key the authorization server stands; without either there is none. */
export class PartnerServer {
  readonly #key: string | undefined;

  constructor(
    readonly origin: string | undefined,
    key: string | undefined,
  ) {
    this.#key = key;
  }

  /** The secret of which its keys are made. */
  revealKey(): string | undefined {
    return this.#key;
  }
}
