import { Inject, Injectable } from '@nestjs/common';
import { readODataPage, readRows, type BatchWrite } from '#lib/formats';
import { CLOCK, type Clock, type Omission } from '#lib/kernel';
import { Upstream, type HttpRequest, type UpstreamCall } from '#lib/upstream';
import { EnergySettings } from '../../energy.settings.js';
import { BatchReads } from './batch-reads.js';
import { documentOf, pdfOf } from './gateway-answer.js';
import { SapSession } from './sap-session.js';
import { readWritten, type Written } from './write-answer.js';
import { changesetRequest, readChangeset } from './write-changeset.js';

/** Pages followed of one set; no customer has more, and an answer that always names a next page ends. */
const MOST_PAGES = 10;

/** Reads one row of a set. @throws AppError UPSTREAM_MALFORMED: the row is left out, and said to be */
type RowReader<T> = (row: unknown, path: string, omit: (omission: Omission) => void) => T;

/** The SAP Gateway before both services: sets page by page, single documents and changes, all in one session. */
@Injectable()
export class SapGateway {
  private readonly session: SapSession;
  private readonly reads: BatchReads;

  constructor(settings: EnergySettings, upstream: Upstream, @Inject(CLOCK) clock: Clock) {
    const connection = upstream.connect({ name: 'sap-umc', baseUrl: settings.url });
    this.session = new SapSession(connection, settings, clock);
    this.reads = new BatchReads(this.session, clock);
  }

  /**
   * A set with all its pages.
   * @param path service, set and query, each value encoded
   * @throws AppError as {@link documentOf}
   */
  async readSet<T>(
    path: string,
    call: UpstreamCall,
    readRow: RowReader<T>,
  ): Promise<{ value: T[]; omissions: Omission[] }> {
    const value: T[] = [];
    const omissions: Omission[] = [];
    const omit = (omission: Omission): void => void omissions.push(omission);
    let next: string | null = path;
    for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
      const page = readODataPage(await this.readDocument(next, call));
      const read = readRows(page.rows, page.path, (row, rowPath) => readRow(row, rowPath, omit));
      value.push(...read.value);
      read.omissions.forEach(omit);
      next = page.skipToken === null ? null : withSkipToken(path, page.skipToken);
    }
    if (next !== null) omit({ path: 'd.__next', reason: `goes on after ${MOST_PAGES} pages` });
    return { value, omissions };
  }

  /**
   * One entity or a function's answer, as parsed JSON. Reads of one account that begin in one tick share a call.
   * @throws AppError as {@link documentOf}
   */
  async readDocument(path: string, call: UpstreamCall): Promise<unknown> {
    return documentOf(await this.reads.send(path, call));
  }

  /** @throws AppError as {@link pdfOf} */
  async readPdf(path: string, call: UpstreamCall): Promise<Buffer> {
    const headers = { accept: 'application/pdf', 'accept-language': 'de' };
    return pdfOf(await this.session.send({ method: 'GET', path, headers }, call));
  }

  /** Has an effect: only inside `Upstream.write`. @throws AppError as {@link readWritten} */
  async write(request: HttpRequest, call: UpstreamCall): Promise<Written> {
    return readWritten(await this.session.write(request, call));
  }

  /** As {@link write}, several changes of one service: all of them or none. @param writes addresses below the service */
  async writeTogether(service: string, writes: readonly BatchWrite[], call: UpstreamCall): Promise<Written> {
    return readChangeset(await this.session.write(changesetRequest(service, writes), call));
  }
}

function withSkipToken(path: string, token: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}$skiptoken=${encodeURIComponent(token)}`;
}
