/** A pool with a gate counter. Hours are minutes of the day in Berlin. */
interface CountedPool {
  readonly organizationUnitId: number;
  readonly capacity: number;
  /** Share of the capacity at the fullest moment of the day. */
  readonly peak: number;
  hoursOn(date: string): { readonly opens: number; readonly closes: number } | null;
}

const HALL = { opens: 6.5 * 60, closes: 22 * 60 };
const SUMMER = { opens: 9 * 60, closes: 20 * 60 };
const SPRING_AND_AUTUMN = { opens: 10 * 60, closes: 18 * 60 };

export const POOLS: readonly CountedPool[] = [
  { organizationUnitId: 30201, capacity: 900, peak: 0.7, hoursOn: () => HALL },
  { organizationUnitId: 30202, capacity: 800, peak: 0.8, hoursOn: openAirHours },
  { organizationUnitId: 30203, capacity: 1500, peak: 0.6, hoursOn: openAirHours },
];

/** Persons inside at that minute of that day: 0 while closed, fullest in the middle of the hours. */
export function personsIn(pool: CountedPool, date: string, minute: number): number {
  const hours = pool.hoursOn(date);
  if (hours === null || minute < hours.opens || minute >= hours.closes) return 0;
  const share = Math.sin((Math.PI * (minute - hours.opens)) / (hours.closes - hours.opens));
  // A ripple of a few persons, so that two readings some minutes apart differ.
  const ripple = (minute * 7 + pool.organizationUnitId) % 9;
  return Math.round(pool.capacity * pool.peak * share) + ripple;
}

/** The open-air pools: mid-May to 15 September, longer from June to August. */
function openAirHours(date: string) {
  const day = date.slice('YYYY-'.length);
  if (day < '05-15' || day > '09-15') return null;
  return day >= '06-01' && day <= '08-31' ? SUMMER : SPRING_AND_AUTUMN;
}
