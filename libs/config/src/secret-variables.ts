/**
 * Variables whose names stand in a setting, such as the secret of one client among several. Their values are asked for
 * one by one and never show up when settings are printed.
 */
export class SecretVariables {
  readonly #environment: Readonly<Record<string, string | undefined>>;

  constructor(environment: Readonly<Record<string, string | undefined>> = {}) {
    this.#environment = environment;
  }

  /** @returns undefined where the variable is missing or empty */
  find(variable: string): string | undefined {
    return Object.hasOwn(this.#environment, variable) ? this.#environment[variable] || undefined : undefined;
  }
}
