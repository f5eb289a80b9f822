import { groupBy } from './group-by.js';
import type { CallColumns, StopBoards, TimetableStop } from './timetable.js';

/** Country, district and stop of a DHID (VDV 432); what follows are its areas and platforms. */
const DHID_STOP = /^[a-z]{2}:\d{1,8}:[^:]{1,30}(?=:)/;

/** Which stops a passenger means: by the id of a stop or station, or by the DHID that platforms begin with. */
export function indexStopsBelow(stops: readonly TimetableStop[]): Map<string, number[]> {
  const parents = new Map(stops.map(({ id, parent }) => [id, parent]));
  const below = new Map<string, number[]>();
  for (const [number, stop] of stops.entries()) {
    const names = new Set<string>();
    for (let id: string | null = stop.id; id !== null; id = parents.get(id) ?? null) names.add(id);
    const dhid = DHID_STOP.exec(stop.id)?.[0];
    if (dhid !== undefined) names.add(dhid);
    for (const name of names) {
      const members = below.get(name);
      if (members === undefined) below.set(name, [number]);
      else members.push(number);
    }
  }
  return below;
}

/** Calls of the trips that `isIncluded`, at which one can get on: not where a trip ends, nor where that is forbidden. */
export function buildBoards(
  calls: CallColumns,
  stops: number,
  firstCall: Uint32Array,
  isIncluded: (trip: number) => boolean,
): StopBoards {
  const { first, members } = groupBy(calls.trip.length, stops, (call) => {
    const trip = calls.trip[call] as number;
    const isLast = firstCall[trip + 1] === call + 1;
    return !isLast && calls.closed[call] === 0 && isIncluded(trip) ? (calls.stop[call] as number) : -1;
  });
  for (let stop = 0; stop < stops; stop += 1)
    members
      .subarray(first[stop], first[stop + 1])
      .sort((left, right) => (calls.departure[left] as number) - (calls.departure[right] as number) || left - right);
  return { first, calls: members };
}
