/** A stop (Haltestelle). */
export interface Stop {
  /** Number in the timetable: digits; for railway stations the IBNR. */
  readonly number: string;
  /** DHID (VDV 432), e.g. `de:16053:153166`; null when the timetable system does not send it. */
  readonly dhid: string | null;
  readonly name: string;
  /** Degrees, WGS 84. */
  readonly latitude: number | null;
  readonly longitude: number | null;
}

export function isStopNumber(text: string): boolean {
  return /^\d{1,12}$/.test(text);
}
