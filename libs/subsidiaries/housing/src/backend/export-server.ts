import { malformed } from '#lib/formats';
import { instantOf, type Instant } from '#lib/kernel';
import type { Download, DownloadedFile, FileConnection, HttpResponse, UpstreamCall } from '#lib/upstream';
import { basicAuthorization } from './basic-auth.js';
import { failedResponse, mediaTypeOf } from './failed-response.js';

/** Bytes of an export that is read in memory: five images for each of some hundred flats. */
export const LARGEST_EXPORT = 64_000_000;
/** Bytes of an export that is read from disk. */
export const LARGEST_FILE = 512_000_000;

/** A file as a web server handed it out. */
export interface ExportFile<Content> {
  readonly content: Content;
  /** Asks next time whether it has changed; undefined where the server has no tags. */
  readonly etag: string | undefined;
  /** When it was written, as far as the server says so. */
  readonly writtenAt: Instant | undefined;
}

/** What is asked for. */
export interface ExportRequest {
  readonly path: string;
  readonly mediaTypes: readonly string[];
  /** Entity tag of the file that is known already. */
  readonly known: string | undefined;
}

export const ZIP_TYPES = ['application/zip', 'application/x-zip-compressed', 'application/octet-stream'] as const;
export const XML_TYPES = ['application/xml', 'text/xml'] as const;

/** A web server that hands out files with HTTP Basic and entity tags. */
export class ExportServer {
  private readonly authorization: string;

  constructor(
    private readonly connection: FileConnection,
    user: string,
    password: string,
  ) {
    this.authorization = basicAuthorization(user, password);
  }

  /**
   * @returns the file; `unchanged` when it is the known one; `absent` when there is none
   * @throws AppError UPSTREAM_MALFORMED for another kind of file, UPSTREAM_REJECTED when the server refuses,
   *   UPSTREAM_UNAVAILABLE and UPSTREAM_TIMEOUT when it cannot be had at present
   */
  async fetch(request: ExportRequest, call: UpstreamCall): Promise<ExportFile<Buffer> | 'unchanged' | 'absent'> {
    const response = await this.connection.send(this.requestFor(request), call);
    return kindOf(response, request) ?? fileOf(response, response.body);
  }

  /**
   * As {@link fetch}, for a file too large for memory: it lies on disk while `read` takes out of it what is wanted.
   * @throws likewise, and what `read` throws
   */
  async fetchLarge<Content>(
    request: ExportRequest,
    call: UpstreamCall,
    read: (file: DownloadedFile) => Promise<Content>,
  ): Promise<ExportFile<Content> | 'unchanged' | 'absent'> {
    return this.connection.download(
      this.requestFor(request),
      call,
      async (download) => kindOf(download, request) ?? fileOf(download, await read(download.file)),
    );
  }

  private requestFor({ path, mediaTypes, known }: ExportRequest) {
    const headers = {
      accept: mediaTypes[0]!,
      authorization: this.authorization,
      ...(known === undefined ? {} : { 'if-none-match': known }),
    };
    return { method: 'GET', path, headers } as const;
  }
}

type Head = Pick<HttpResponse | Download, 'status' | 'headers'>;

/** Undefined for the file that was asked for. */
function kindOf(response: Head, { mediaTypes, known }: ExportRequest): 'unchanged' | 'absent' | undefined {
  if (response.status === 304 && known !== undefined) return 'unchanged';
  if (response.status === 404) return 'absent';
  if (response.status !== 200) throw failedResponse(response);
  // A page of a proxy comes with 200 as well.
  if (!mediaTypes.includes(mediaTypeOf(response))) throw malformed('$', 'is no such file by its content type');
  return undefined;
}

function fileOf<Content>(response: Head, content: Content): ExportFile<Content> {
  return { content, etag: headerOf(response, 'etag'), writtenAt: writtenAt(response) };
}

function writtenAt(response: Head): Instant | undefined {
  const modified = Date.parse(headerOf(response, 'last-modified') ?? '');
  return Number.isNaN(modified) ? undefined : instantOf(modified);
}

function headerOf({ headers }: Head, name: string): string | undefined {
  return [headers[name]].flat()[0];
}
