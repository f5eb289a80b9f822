import type { UpstreamCall } from '../read-operation.js';

/** A mail to one recipient, in plain text. */
export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Without brackets. The same for each try of the same mail, so that receivers can tell doubles. */
  readonly messageId: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface MailAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export interface MailConnectionOptions {
  /**
   * `smtp://user:password@host:port` or `smtps://…`. Without TLS mail goes to this very machine only: elsewhere `smtp:`
   * means STARTTLS, and a server that does not offer it is not spoken to.
   */
  readonly url: string;
}

/** A mail server. */
export interface MailConnection {
  /**
   * Hands one mail over; one connection each.
   * @throws AppError INVALID_INPUT for a header with a line end, UPSTREAM_REJECTED when the server will never take it,
   *   UPSTREAM_TIMEOUT when the call was aborted, UPSTREAM_UNAVAILABLE for any other failure. No error holds an address
   */
  send(mail: Mail, call: UpstreamCall): Promise<void>;
}
