import { Injectable } from '@nestjs/common';
import { readRealtime, type RealtimeFeed } from '#lib/formats';
import { AppError, instantOf, type Instant, type Loaded } from '#lib/kernel';
import { Upstream, type Connection, type HttpResponse, type UpstreamCall } from '#lib/upstream';
import { TransitSettings } from '../transit.settings.js';
import { statusError } from './http-status.js';

/** A timetable file as it was downloaded. */
export interface FeedFile {
  readonly bytes: Buffer;
  readonly version: FeedVersion;
  /** When the file was made, as the server says. */
  readonly modified: Instant | null;
}

/** By what a server recognises the file it sent last. */
export interface FeedVersion {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/** Room for a whole federal state; a city has 200 kB. */
const MOST_FEED_BYTES = 150_000_000;
/** Some 450 vehicles under way, three times as many as a city has. Reading them takes 50 ms, in which nothing else runs. */
const MOST_REALTIME_BYTES = 200_000;

/** The open data of the transport association: timetable as GTFS, trip updates and alerts as GTFS Realtime. */
@Injectable()
export class GtfsBackend {
  private readonly feeds: Connection | null;
  private readonly realtime: Connection | null;

  constructor(
    upstream: Upstream,
    private readonly settings: TransitSettings,
  ) {
    const { gtfsUrl: baseUrl } = settings;
    const connect = (name: string, maxBodyBytes: number): Connection | null =>
      baseUrl === undefined ? null : upstream.connect({ name, baseUrl, maxBodyBytes });
    this.feeds = connect('gtfs', MOST_FEED_BYTES);
    this.realtime = connect('gtfs-rt', MOST_REALTIME_BYTES);
  }

  /** False where no such system is configured. */
  get isPresent(): boolean {
    return this.feeds !== null;
  }

  /**
   * The timetable file.
   * @param known the file that is there already
   * @returns null when it is still the same
   */
  async findFeed(known: FeedVersion | null, call: UpstreamCall): Promise<FeedFile | null> {
    const headers = {
      accept: 'application/zip, application/octet-stream',
      ...(known?.etag == null ? {} : { 'if-none-match': known.etag }),
      ...(known?.lastModified == null ? {} : { 'if-modified-since': known.lastModified }),
    };
    const response = await present(this.feeds).send(
      { method: 'GET', path: this.settings.gtfsTimetablePath, headers },
      call,
    );
    if (response.status === 304 && known !== null) return null;
    if (response.status !== 200) throw statusError(response);
    const lastModified = headerOf(response, 'last-modified');
    const modified = Date.parse(lastModified ?? '');
    return {
      bytes: response.body,
      version: { etag: headerOf(response, 'etag'), lastModified },
      modified: Number.isNaN(modified) ? null : instantOf(modified),
    };
  }

  getTripUpdates(call: UpstreamCall): Promise<Loaded<RealtimeFeed>> {
    return this.getRealtime(this.settings.gtfsTripUpdatesPath, call);
  }

  getAlerts(call: UpstreamCall): Promise<Loaded<RealtimeFeed>> {
    return this.getRealtime(this.settings.gtfsAlertsPath, call);
  }

  private async getRealtime(path: string, call: UpstreamCall): Promise<Loaded<RealtimeFeed>> {
    const headers = { accept: 'application/x-protobuf, application/octet-stream' };
    const response = await present(this.realtime).send({ method: 'GET', path, headers }, call);
    if (response.status !== 200) throw statusError(response);
    const value = readRealtime(response.body);
    const { timestamp, omissions } = value;
    return { value, omissions, ...(timestamp === null ? {} : { asOf: timestamp }) };
  }
}

function present(connection: Connection | null): Connection {
  if (connection !== null) return connection;
  throw new AppError('UPSTREAM_UNAVAILABLE', 'no open data are configured', { reason: 'is not configured' });
}

function headerOf({ headers }: HttpResponse, name: string): string | null {
  return [headers[name]].flat()[0] ?? null;
}
