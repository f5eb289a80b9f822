/** A value somewhere in a file, and where to write down what is wrong with it. */
export class Place {
  constructor(
    private readonly path: string,
    readonly value: unknown,
    private readonly mistakes: string[],
  ) {}

  /** The member or element of that name; undefined in anything that has none. */
  at(key: string | number): Place {
    const { value } = this;
    const inner: unknown = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    return new Place(this.path + (typeof key === 'number' ? `[${key}]` : `.${key}`), inner, this.mistakes);
  }

  /** Writes a mistake down. @param reason in English, without the value */
  refuse(reason: string): void {
    this.mistakes.push(`${this.path}: ${reason}`);
  }

  /** Refuses what is no object, and each member that nobody asked for. */
  refuseOthers(members: readonly string[]): void {
    const { value } = this;
    if (!isObject(value) || Array.isArray(value)) return this.refuse('must be an object');
    // A name that nobody expected may be anything, a secret included: it is counted, not quoted.
    const others = Object.keys(value).filter((name) => !members.includes(name)).length;
    if (others > 0) this.refuse(`has ${others} members beside ${members.join(', ')}`);
  }

  /** @returns '' for what is no such text */
  text(pattern: RegExp, reason: string): string {
    if (typeof this.value === 'string' && pattern.test(this.value)) return this.value;
    this.refuse(reason);
    return '';
  }

  /** @returns 0 for what is no such number */
  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    this.refuse(`must be a whole number from ${least} to ${most}`);
    return 0;
  }

  /** The elements; none for what is no list of at most that many. */
  list(most: number): Place[] {
    const { value } = this;
    if (Array.isArray(value) && value.length <= most) return value.map((_, index) => this.at(index));
    this.refuse(`must be a list of at most ${most}`);
    return [];
  }
}

function isObject(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
