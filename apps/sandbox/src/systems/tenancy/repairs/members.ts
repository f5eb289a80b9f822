/** What the ERP has against a notification; the message is what it answers, under 200. */
export class Complaint extends Error {
  override readonly name = 'Complaint';
}

/** An object of the notification, whose members are read by name; null stands for missing, as the standard wants it. */
export class Members {
  private constructor(
    private readonly path: string,
    private readonly values: Readonly<Record<string, unknown>>,
  ) {}

  /** @throws Complaint when `value` is no object */
  static of(value: unknown, path = ''): Members {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new Complaint(path === '' ? 'Die Meldung ist kein Objekt' : `${path} ist kein Objekt`);
    }
    return new Members(path, value as Readonly<Record<string, unknown>>);
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  object(name: string): Members {
    return Members.of(this.get(name), this.pathOf(name));
  }

  /** @param longest in characters */
  text(name: string, longest: number): string {
    const value = this.get(name);
    if (typeof value !== 'string') throw new Complaint(`${this.pathOf(name)} ist kein Text`);
    if (value.length > longest) throw new Complaint(`${this.pathOf(name)} hat mehr als ${longest} Zeichen`);
    return value;
  }

  /** Text with more than blanks in it. */
  filledText(name: string, longest: number): string {
    const value = this.text(name, longest);
    if (value.trim() === '') throw this.missing(name);
    return value;
  }

  optionalText(name: string, longest: number): string | null {
    return this.has(name) ? this.text(name, longest) : null;
  }

  flag(name: string): boolean {
    const value = this.get(name);
    if (typeof value !== 'boolean') throw new Complaint(`${this.pathOf(name)} ist kein Wahrheitswert`);
    return value;
  }

  /** An integer that the table knows. */
  code(name: string, table: ReadonlyMap<number, string>): number {
    const value = this.get(name);
    if (typeof value !== 'number' || !table.has(value)) throw this.unknown(name);
    return value;
  }

  /** @throws Complaint unless the text has the shape */
  shaped(name: string, shape: RegExp): string {
    const value = this.text(name, 100);
    if (!shape.test(value)) throw this.unknown(name);
    return value;
  }

  pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  unknown(name: string): Complaint {
    return new Complaint(`Unbekannter Wert in ${this.pathOf(name)}`);
  }

  /** @throws Complaint when it is missing */
  get(name: string): unknown {
    const value = this.find(name);
    if (value === undefined) throw this.missing(name);
    return value;
  }

  private find(name: string): unknown {
    return Object.hasOwn(this.values, name) ? (this.values[name] ?? undefined) : undefined;
  }

  private missing(name: string): Complaint {
    return new Complaint(`Pflichtfeld ${this.pathOf(name)} fehlt`);
  }
}
