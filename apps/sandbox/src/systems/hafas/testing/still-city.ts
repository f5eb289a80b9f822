import { City } from '../../../world/city.js';
import { berlinDate } from '../berlin.js';

/** The city with a clock that stands, for trials. */
export class StillCity extends City {
  /** @param instant RFC 3339 with offset */
  constructor(public instant: string) {
    super();
  }

  override now(): number {
    return Date.parse(this.instant);
  }

  override today(): string {
    return berlinDate(this.now());
  }
}
