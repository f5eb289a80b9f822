import type { Stop } from '../model/stop.js';
import type { Timetable, TimetableStop } from './timetable.js';

/** A stop as passengers know it, with all its platforms. */
export interface KnownStop extends Stop {
  /** What its platforms go by: indexes into {@link Timetable.stops}. */
  readonly members: readonly number[];
}

/** Begins with what a stop has in common with its platforms (VDV 432); the third part is its number. */
const DHID = /^([a-z]{2}:\d{1,8}:(\d{1,12}))(?::|$)/;
/** Stops outside the DHID's area go by their number alone. */
const NUMBER = /^\d{1,12}$/;

/**
 * The stops of a timetable as this house names them: by number and DHID. A stop whose id is neither is left out, since
 * nobody could ask for it.
 */
export class StopDirectory {
  private readonly byNumber = new Map<string, KnownStop[]>();
  private readonly byMember = new Map<string, KnownStop>();
  private readonly searchable: readonly { readonly words: string; readonly stop: KnownStop }[];

  constructor(private readonly timetable: Timetable) {
    const { stops, stopsBelow } = timetable;
    const references = new Map<string, readonly [number: string, dhid: string | null]>();
    for (const { id, kind } of stops) {
      if (kind !== 'STOP' && kind !== 'STATION') continue;
      const [, dhid, number] = DHID.exec(id) ?? [];
      if (dhid !== undefined && number !== undefined) references.set(dhid, [number, dhid]);
      else if (NUMBER.test(id)) references.set(id, [id, null]);
    }
    const all = [...references].flatMap(([reference, [number, dhid]]) => {
      const members = stopsBelow.get(reference) ?? [];
      const main = mainOf(members.map((member) => stops[member] as TimetableStop));
      return main === undefined ? [] : [describe(main, number, dhid, members)];
    });
    for (const stop of all) {
      this.byNumber.set(stop.number, [...(this.byNumber.get(stop.number) ?? []), stop]);
      for (const member of stop.members) this.byMember.set(stops[member]?.id ?? '', stop);
    }
    this.searchable = all.map((stop) => ({ words: plain(stop.name), stop }));
  }

  /** All stops of that number, of which in each district there may be one; with a DHID the one it names. */
  list(number: string, dhid: string | null): readonly KnownStop[] {
    const stops = this.byNumber.get(number) ?? [];
    return dhid === null ? stops : stops.filter((stop) => stop.dhid === null || stop.dhid === dhid);
  }

  /** Undefined also for a number that several stops have, which only a DHID can tell apart. */
  find(number: string, dhid: string | null): KnownStop | undefined {
    const meant = this.list(number, dhid);
    return meant.length === 1 ? meant[0] : undefined;
  }

  /** The stop to which a stop, platform or station of the feed belongs. */
  findByFeedId(id: string): KnownStop | undefined {
    const { stops, stopsBelow } = this.timetable;
    return this.byMember.get(stops[stopsBelow.get(id)?.[0] ?? -1]?.id ?? '');
  }

  /** Stops that have all words of the text in their names: as beginnings of words first, then shorter names first. */
  search(text: string, first: number): Stop[] {
    const words = plain(text).split(' ');
    return this.searchable
      .filter((entry) => words.every((word) => entry.words.includes(word)))
      .map(({ words: name, stop }) => ({ stop, rank: words.filter((word) => !` ${name}`.includes(` ${word}`)).length }))
      .toSorted(({ stop: a, rank: rankA }, { stop: b, rank: rankB }) => rankA - rankB || a.name.length - b.name.length)
      .slice(0, first)
      .map(({ stop }) => withoutMembers(stop));
  }
}

export function withoutMembers({ members: _members, ...stop }: KnownStop): Stop {
  return stop;
}

/** Its name and place are the stop's. */
function mainOf(members: readonly TimetableStop[]): TimetableStop | undefined {
  return members.find(({ kind }) => kind === 'STATION') ?? members.find(({ kind }) => kind === 'STOP');
}

function describe(main: TimetableStop, number: string, dhid: string | null, members: readonly number[]): KnownStop {
  const { name, position } = main;
  return { number, dhid, name, latitude: position?.latitude ?? null, longitude: position?.longitude ?? null, members };
}

/** Small letters without marks, one blank between words: `Löbdergraben` and `loebdergraben` are the same. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[äöüß]/g, (letter) => PLAIN_LETTERS[letter] as string)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const PLAIN_LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };
