import { createTransport, type Transporter } from 'nodemailer';
import { AppError } from '#lib/kernel';
import type { UpstreamCall } from '../read-operation.js';
import type { Mail, MailConnection, MailConnectionOptions } from './mail-connection.js';

const SYSTEM = 'mail';
/** The caller's deadline is what counts; these only keep a socket from staying open behind it. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;
/** Line ends of every kind, and other characters that no header may hold. */
const NOT_IN_A_HEADER = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** Speaks SMTP by nodemailer, whose ways to read files and addresses named by a mail are shut. */
export class SmtpConnection implements MailConnection {
  private readonly transport: Transporter;

  constructor({ url }: MailConnectionOptions) {
    this.transport = createTransport(transportOptions(url));
  }

  async send({ from, to, subject, text, messageId, attachments = [] }: Mail, { signal }: UpstreamCall): Promise<void> {
    for (const [path, header] of Object.entries({ from, to, subject, messageId })) requireHeader(path, header);
    try {
      await this.transport.sendMail({
        envelope: { from, to: [to] },
        from,
        to,
        subject,
        text,
        messageId: `<${messageId}>`,
        // An answer of somebody's holiday is nobody's business here (RFC 3834).
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachments.map(({ name, mediaType, content }) => {
          requireHeader('attachments', name);
          return { filename: name, contentType: mediaType, content };
        }),
        signal,
      });
    } catch (error) {
      throw translate(error, signal);
    }
  }

  close(): void {
    this.transport.close();
  }
}

function transportOptions(url: string) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const isHere = LOOPBACK.test(hostname);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    ...(port !== '' && { port: Number(port) }),
    secure,
    requireTLS: !secure && !isHere,
    ignoreTLS: !secure && isHere,
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function requireHeader(path: string, text: string): void {
  if (text !== '' && !NOT_IN_A_HEADER.test(text)) return;
  const reason = 'must be one line of text';
  throw new AppError('INVALID_INPUT', 'not a header of a mail', { path, reason });
}

/** Without the cause: what nodemailer and servers say quotes addresses. */
function translate(error: unknown, signal: AbortSignal): AppError {
  const { responseCode } = (error ?? {}) as { readonly responseCode?: unknown };
  const said = typeof responseCode === 'number' ? { upstreamCode: String(responseCode) } : {};
  if (signal.aborted) return new AppError('UPSTREAM_TIMEOUT', 'the mail server was too slow', { system: SYSTEM });
  // 5yz: the same mail will be refused again (RFC 5321, section 4.2.1).
  const isFinal = typeof responseCode === 'number' && responseCode >= 500;
  return isFinal
    ? new AppError('UPSTREAM_REJECTED', 'the mail server refused a mail', { system: SYSTEM, ...said })
    : new AppError('UPSTREAM_UNAVAILABLE', 'the mail server did not take a mail', { system: SYSTEM, ...said });
}
