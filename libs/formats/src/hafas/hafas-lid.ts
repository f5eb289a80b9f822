/** Longest location id that is looked at; real ones have about 150 characters. */
const LONGEST = 1_000;

/** The parts of a HAFAS location id that a reader needs; all of them may be missing. */
export interface HafasLid {
  /** `A`: 1 stop, 2 address, 4 point of interest. */
  readonly kind: string | null;
  /** `O`: the name. */
  readonly name: string | null;
  /** `L`: the number in the timetable, the same as `extId`. */
  readonly number: string | null;
  /** `i`: a global id, e.g. `A×de:16053:153045`. */
  readonly globalId: string | null;
  /** `X` and `Y`: millionths of a degree. */
  readonly x: number | null;
  readonly y: number | null;
}

/** Reads `A=1@O=Name@X=…@Y=…@L=…@` (HAFAS mgate); unknown parts are ignored, the first of equal ones counts. */
export function parseLid(text: string): HafasLid {
  const parts = new Map<string, string>();
  for (const part of text.slice(0, LONGEST).split('@')) {
    const equals = part.indexOf('=');
    if (equals > 0 && !parts.has(part.slice(0, equals))) parts.set(part.slice(0, equals), part.slice(equals + 1));
  }
  return {
    kind: parts.get('A') || null,
    name: parts.get('O') || null,
    number: parts.get('L') || null,
    globalId: parts.get('i') || null,
    x: wholeNumber(parts.get('X')),
    y: wholeNumber(parts.get('Y')),
  };
}

/** The shortest location id that names a stop: its number in the timetable. Digits only, so nothing can be injected. */
export function stopLid(number: string): string {
  if (!/^\d{1,12}$/.test(number)) throw new RangeError('not the number of a stop');
  return `A=1@L=${number}@`;
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^-?\d{1,9}$/.test(text) ? Number(text) : null;
}
