/** One `Set-Cookie` line, taken apart as browsers do (RFC 6265, section 5.2). */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Attributes by their name in small letters; flags have an empty value. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** @returns undefined for a line that browsers ignore */
export function readSetCookie(line: string): SetCookie | undefined {
  const [pair = '', ...rest] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, equals).trim();
  if (equals < 0 || name === '') return undefined;
  const attributes = rest.map((text): [string, string] => {
    const [key = '', ...value] = text.split('=');
    return [key.trim().toLowerCase(), value.join('=').trim()];
  });
  return { name, value: pair.slice(equals + 1).trim(), attributes: new Map(attributes) };
}

/** Whether the line takes the cookie away. */
export function isRemoval({ attributes }: SetCookie): boolean {
  const age = attributes.get('max-age');
  if (age !== undefined) return Number(age) <= 0;
  const expires = attributes.get('expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
}
