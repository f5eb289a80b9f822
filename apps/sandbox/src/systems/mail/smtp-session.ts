import {
  BAD_ARGUMENT,
  BAD_SEQUENCE,
  type Command,
  LARGEST_MAIL,
  OK,
  readCommand,
  readPath,
  refuseParameters,
  type Reply,
  reply,
  TOO_LARGE,
} from './mail-commands.js';

const DOMAIN = 'mail.saaltor.example';
const MOST_RECIPIENTS = 100;
/** Of a mail; ten megabytes in Base64 have fewer. */
const MOST_LINES = 200_000;
/** A client that goes on talking nonsense is sent away. */
const MOST_MISTAKES = 20;

export const GREETING = reply(220, `${DOMAIN} ESMTP`);
const GOODBYE = reply(221, `${DOMAIN} closing connection`);
const TOO_MANY_MISTAKES = reply(421, `${DOMAIN} too many errors, closing connection`);

/** A mail with its envelope, as it came over the wire. */
export interface ReceivedMail {
  /** Empty: a bounce. */
  readonly from: string;
  readonly recipients: readonly string[];
  /** Header and body with CRLF, dots unstuffed. */
  readonly bytes: Buffer;
}

/** What the server says to a line. Without a reply it waits for more of a mail. */
export interface Turn {
  readonly reply?: Reply;
  /** The mail that ends with this line; the reply is for when it is kept. */
  readonly mail?: ReceivedMail;
  readonly closes?: boolean;
}

interface Transaction {
  readonly from: string;
  readonly recipients: string[];
}

interface Content {
  /** Without their ends. */
  readonly lines: Buffer[];
  bytes: number;
  isTooLarge: boolean;
}

/** One conversation by SMTP (RFC 5321), line by line and without a socket. */
export class SmtpSession {
  private greeted = false;
  private transaction: Transaction | null = null;
  private content: Content | null = null;
  private mistakes = 0;

  take(line: Buffer): Turn {
    if (this.content !== null) return this.takeContent(this.content, line);
    const command = readCommand(line);
    if (command.verb === 'QUIT') return { reply: GOODBYE, closes: true };
    const answer = this.answer(command);
    if (answer.code >= 500) this.mistakes += 1;
    return this.mistakes > MOST_MISTAKES ? { reply: TOO_MANY_MISTAKES, closes: true } : { reply: answer };
  }

  private answer({ verb, argument }: Command): Reply {
    switch (verb) {
      case 'EHLO':
      case 'HELO':
        return this.greet(verb, argument);
      case 'MAIL':
        return this.begin(argument);
      case 'RCPT':
        return this.addRecipient(argument);
      case 'DATA':
        return this.startContent(argument);
      case 'RSET':
        this.transaction = null;
        return OK;
      case 'NOOP':
        return OK;
      case 'VRFY':
        return reply(252, 'Cannot VRFY user, but will accept message and attempt delivery');
      case 'HELP':
        return reply(214, 'EHLO HELO MAIL RCPT DATA RSET NOOP VRFY QUIT');
      case 'AUTH':
      case 'STARTTLS':
      case 'EXPN':
      case 'BDAT':
        return reply(502, 'Command not implemented');
      default:
        return reply(500, 'Syntax error, command unrecognized');
    }
  }

  private greet(verb: string, argument: string): Reply {
    if (argument === '') return BAD_ARGUMENT;
    this.greeted = true;
    this.transaction = null;
    if (verb === 'HELO') return reply(250, DOMAIN);
    return reply(250, DOMAIN, `SIZE ${LARGEST_MAIL}`, '8BITMIME', 'SMTPUTF8', 'PIPELINING');
  }

  private begin(argument: string): Reply {
    if (!this.greeted || this.transaction !== null) return BAD_SEQUENCE;
    const path = readPath('FROM', argument);
    if (path === null) return BAD_ARGUMENT;
    const refusal = refuseParameters(path.parameters);
    if (refusal !== null) return refusal;
    this.transaction = { from: path.address, recipients: [] };
    return OK;
  }

  private addRecipient(argument: string): Reply {
    if (this.transaction === null) return BAD_SEQUENCE;
    const path = readPath('TO', argument);
    if (path === null || path.address === '') return BAD_ARGUMENT;
    if (path.parameters.length > 0) return reply(555, 'RCPT TO parameters not recognized or not implemented');
    if (this.transaction.recipients.length >= MOST_RECIPIENTS) return reply(452, 'Too many recipients');
    this.transaction.recipients.push(path.address);
    return OK;
  }

  private startContent(argument: string): Reply {
    if (argument !== '') return BAD_ARGUMENT;
    if (this.transaction === null) return BAD_SEQUENCE;
    if (this.transaction.recipients.length === 0) return reply(554, 'No valid recipients');
    this.content = { lines: [], bytes: 0, isTooLarge: false };
    return reply(354, 'Start mail input; end with <CRLF>.<CRLF>');
  }

  /** A mail that grows too large is read to its end and not kept. */
  private takeContent(content: Content, line: Buffer): Turn {
    if (line.length === 1 && line[0] === DOT) return this.finish(content);
    const unstuffed = line[0] === DOT ? line.subarray(1) : line;
    content.bytes += unstuffed.length + CRLF.length;
    content.isTooLarge ||= content.bytes > LARGEST_MAIL || content.lines.length >= MOST_LINES;
    if (content.isTooLarge) content.lines.length = 0;
    else content.lines.push(unstuffed);
    return {};
  }

  private finish(content: Content): Turn {
    const { from = '', recipients = [] } = this.transaction ?? {};
    this.transaction = null;
    this.content = null;
    if (content.isTooLarge) return { reply: TOO_LARGE };
    const bytes = Buffer.concat(content.lines.flatMap((line) => [line, CRLF]));
    return { reply: OK, mail: { from, recipients, bytes } };
  }
}

const DOT = 0x2e;
const CRLF = Buffer.from('\r\n', 'latin1');
