import type { Loaded } from '#lib/kernel';

/** One method of a legacy system as the rest of the house sees it. Declared once, beside the backend. */
export interface ReadOperation {
  /** Unique name, e.g. `energy.contracts`. */
  readonly name: string;
  /** Key of the subsidiary: bulkhead, breaker and retry budget are one per subsidiary. */
  readonly subsidiary: string;
  /** Name of the legacy system, shown to the client as `source.system`. */
  readonly system: string;
  /** How long an answer counts as fresh. 0: never cached. */
  readonly ttlMs: number;
  /** How much longer it may be shown, marked stale, when the system cannot be asked. */
  readonly staleForMs: number;
  /** Own deadline of the read, however long callers wait; at most 10,000. */
  readonly deadlineMs: number;
}

/** One read: which operation, for whom, with what arguments. These three are its key in flights and cache. */
export interface ReadRequest<T> {
  readonly operation: ReadOperation;
  /** The customer's number in the subsidiary; null for public data. Two customers never share a flight. */
  readonly account: string | null;
  /** Arguments as plain data with stable order. */
  readonly args: readonly (string | number | boolean | null)[];
  /** Rises with every change of the account's data that we made; what was read under another one is not asked for again. */
  readonly epoch?: number;
  /** Asks the legacy system and reads its answer. May be called again by a retry: it must change nothing there. */
  readonly load: (call: UpstreamCall) => Promise<Loaded<T>>;
}

/** A request to a legacy system. The base URL is the connection's; `path` is joined to it and may not leave it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query as sent, starting with `/`; encode values yourself (encodeURIComponent). */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Any status is an answer: what it means is for the adapter to read. */
export interface HttpResponse {
  readonly status: number;
  /** Names in lower case; repeated headers (set-cookie) as list. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What a `load` gets: the deadline it lives under. Hand it to each `connection.send`. */
export interface UpstreamCall {
  /** Aborted at the operation's deadline or when nobody waits any more. */
  readonly signal: AbortSignal;
  /** Whom the read is for. Reads of one account may share a request to the legacy system, two accounts never do. */
  readonly account?: string | null;
}
