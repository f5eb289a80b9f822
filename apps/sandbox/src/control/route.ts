/** A request to the control endpoint. */
interface Call {
  readonly url: URL;
  readonly body: () => Promise<Buffer>;
}

/** Answers a request with what is sent as JSON. */
export type Route = (call: Call) => unknown;
