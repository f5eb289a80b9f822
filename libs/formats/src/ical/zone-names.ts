/** Names that Windows, Outlook and Exchange give to zones, in lower case; the first four mean Berlin's time. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['w. europe standard time', 'Europe/Berlin'],
  ['central europe standard time', 'Europe/Budapest'],
  ['central european standard time', 'Europe/Warsaw'],
  ['romance standard time', 'Europe/Paris'],
  ['mitteleuropäische zeit', 'Europe/Berlin'],
  ['westeuropäische normalzeit', 'Europe/Berlin'],
  ['mez', 'Europe/Berlin'],
  ['mesz', 'Europe/Berlin'],
  ['cest', 'Europe/Berlin'],
  ['berlin', 'Europe/Berlin'],
  ['gmt standard time', 'Europe/London'],
  ['e. europe standard time', 'Europe/Chisinau'],
  ['fle standard time', 'Europe/Kiev'],
  ['gtb standard time', 'Europe/Bucharest'],
  ['turkey standard time', 'Europe/Istanbul'],
  ['russian standard time', 'Europe/Moscow'],
  ['eastern standard time', 'America/New_York'],
  ['central standard time', 'America/Chicago'],
  ['mountain standard time', 'America/Denver'],
  ['pacific standard time', 'America/Los_Angeles'],
  ['z', 'UTC'],
  ['coordinated universal time', 'UTC'],
  ['tzone://microsoft/utc', 'UTC'],
]);

const LONGEST_NAME = 200;
const MOST_REMEMBERED = 5_000;

/** Finds the IANA zone that a TZID means. Remembers what it has looked up, so keep it no longer than one file. */
export class ZoneNames {
  private readonly known = new Map<string, string | undefined>();

  /** @returns undefined when the name means no IANA zone */
  find(name: string): string | undefined {
    if (this.known.has(name)) return this.known.get(name);
    const zone = name.length > LONGEST_NAME ? undefined : findZone(name.trim());
    if (this.known.size < MOST_REMEMBERED) this.known.set(name, zone);
    return zone;
  }
}

function findZone(name: string): string | undefined {
  const alias = ALIASES.get(name.toLowerCase());
  if (alias !== undefined) return alias;
  // Outlook shows zones as "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien".
  if (/^\((?:UTC|GMT)\+01:00\).*\bBerlin\b/i.test(name)) return 'Europe/Berlin';
  // Older programs put their own name before the zone's: "/example.org/20050126_1/Europe/Berlin".
  const parts = name.split('/');
  const endings = [name, ...[3, 2].map((count) => parts.slice(-count).join('/'))];
  return endings.map(ianaZone).find((zone) => zone !== undefined);
}

function ianaZone(name: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
