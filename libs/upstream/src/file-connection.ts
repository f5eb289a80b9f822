import type { Connection } from './http-connection.js';
import type { HttpRequest, HttpResponse, UpstreamCall } from './read-operation.js';

/** The body of an answer, on disk. */
export interface DownloadedFile {
  /** Bytes. */
  readonly size: number;
  /**
   * Up to `length` bytes from `at` on; fewer only at the end of the file.
   * @throws the reason of the call's signal once it is aborted; AppError INTERNAL when the disk fails
   */
  read(at: number, length: number): Promise<Buffer>;
}

/** Any status is an answer; only 200 brings a file, of all others it is empty. */
export interface Download extends Omit<HttpResponse, 'body'> {
  readonly file: DownloadedFile;
}

/** Uses what was downloaded. The file is gone when the promise is settled. */
export type DownloadSink<T> = (download: Download) => Promise<T>;

/** A legacy system whose answers may be larger than memory should hold. */
export interface FileConnection extends Connection {
  /**
   * Sends one request and writes the answer to a temporary file while it comes; then `sink` reads it. Whatever happens,
   * the file is removed afterwards. Redirects are not followed.
   * @returns what `sink` gives
   * @throws what `sink` throws; AppError UPSTREAM_TIMEOUT at the call's deadline, UPSTREAM_UNAVAILABLE when the
   *   connection fails or breaks off, UPSTREAM_MALFORMED when the file is larger than allowed, INTERNAL when it cannot be
   *   written
   */
  download<T>(request: HttpRequest, call: UpstreamCall, sink: DownloadSink<T>): Promise<T>;
}
