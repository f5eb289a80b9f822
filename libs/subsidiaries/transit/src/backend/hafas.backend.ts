import { Injectable } from '@nestjs/common';
import { AppError, type Instant, type Loaded } from '#lib/kernel';
import {
  formatHafasTime,
  hafasResult,
  readBoard,
  readLocations,
  stopLid,
  writeHafasRequest,
  type HafasAccess,
  type WireObject,
} from '#lib/formats';
import { Upstream, type Connection, type UpstreamCall } from '#lib/upstream';
import type { DepartureBoard } from '../model/departure-board.js';
import type { Stop } from '../model/stop.js';
import { TransitSettings } from '../transit.settings.js';
import { statusError } from './http-status.js';
import { readDepartureBoard } from './read-departures.js';
import { readStop } from './read-stop.js';

/** What VMT assigned to web clients. */
const VMT = { version: '1.78', client: { id: 'VMT', type: 'WEB', name: 'webapp', l: 'vs_vmt', v: 10010 } } as const;

/** A board of 100 departures with remarks has about 200 kB. */
const MAX_BODY_BYTES = 2_000_000;

/** The timetable system of VMT, HAFAS mgate: one method per operation. Everything it says is public. */
@Injectable()
export class HafasBackend {
  private readonly connection: Connection;
  private readonly access: HafasAccess;

  constructor(upstream: Upstream, settings: TransitSettings) {
    this.connection = upstream.connect({ name: 'hafas', baseUrl: settings.hafasUrl, maxBodyBytes: MAX_BODY_BYTES });
    this.access = { ...VMT, aid: settings.hafasAid, salt: Buffer.from(settings.hafasSalt, 'hex') };
  }

  /** `LocMatch`: stops whose name resembles the text, best first. The question mark asks for a tolerant search. */
  async listStops(text: string, first: number, call: UpstreamCall): Promise<Loaded<readonly Stop[]>> {
    const request = { input: { field: 'S', loc: { type: 'S', name: `${text}?` }, maxLoc: first } };
    const result = await this.ask('LocMatch', request, ['NO_MATCH', 'H9240'], call);
    if (result === null) return { value: [], omissions: [] };
    const { locations, omissions } = readLocations(result);
    return { value: locations.flatMap((location) => readStop(location) ?? []).slice(0, first), omissions };
  }

  /**
   * `StationBoard` with one departure: VMT offers no method for a stop by its number, but a board names its stop.
   * Null when there is no such stop.
   */
  async findStop(number: string, call: UpstreamCall): Promise<Loaded<Stop | null>> {
    const { value, omissions } = await this.findDepartures(number, 1, null, call);
    return { value: value?.stop ?? null, omissions };
  }

  /**
   * `StationBoard` of departures. Without `from` the system's own present counts, so that its clock alone decides.
   * Null when there is no such stop.
   */
  async findDepartures(
    number: string,
    first: number,
    from: Instant | null,
    call: UpstreamCall,
  ): Promise<Loaded<DepartureBoard | null>> {
    const request = {
      type: 'DEP',
      stbLoc: { type: 'S', lid: stopLid(number) },
      ...(from === null ? {} : formatHafasTime(from)),
      maxJny: first,
    };
    const result = await this.ask('StationBoard', request, ['LOCATION', 'H9260'], call);
    return result === null ? { value: null, omissions: [] } : readDepartureBoard(readBoard(result), number, first);
  }

  /**
   * One method in one request.
   * @param nothing codes that mean "nothing found"
   * @returns null when the system answered one of them
   */
  private async ask(
    meth: string,
    req: Readonly<Record<string, unknown>>,
    nothing: readonly string[],
    call: UpstreamCall,
  ): Promise<WireObject | null> {
    const { body, query } = writeHafasRequest(this.access, [{ meth, req }]);
    const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' };
    const response = await this.connection.send(
      { method: 'POST', path: `/bin/mgate.exe?${query}`, headers, body },
      call,
    );
    if (response.status !== 200) throw statusError(response);
    try {
      return hafasResult(response.body, meth);
    } catch (error) {
      if (error instanceof AppError && nothing.includes(error.details.upstreamCode ?? '')) return null;
      throw error;
    }
  }
}
