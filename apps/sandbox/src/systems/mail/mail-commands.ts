/** A reply of the server: code and text, of which each line is one of the reply. */
export interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

/** What a command line asks for, with its verb in capitals. */
export interface Command {
  readonly verb: string;
  readonly argument: string;
}

/** Longest mail in bytes, as announced by SIZE (RFC 1870). */
export const LARGEST_MAIL = 10 * 1024 * 1024;

export function reply(code: number, ...lines: readonly string[]): Reply {
  return { code, lines };
}

export const OK = reply(250, 'OK');
export const BAD_SEQUENCE = reply(503, 'Bad sequence of commands');
export const BAD_ARGUMENT = reply(501, 'Syntax error in parameters or arguments');
export const TOO_LARGE = reply(552, 'Message size exceeds fixed maximum message size');

export function readCommand(line: Buffer): Command {
  const text = line.toString('utf8');
  const [, verb = '', argument = ''] = /^([A-Za-z]{1,20})(?: +(.*))?$/s.exec(text.trimEnd()) ?? [];
  return { verb: verb.toUpperCase(), argument };
}

/** The reply on the wire: all lines but the last with a hyphen (RFC 5321, section 4.2.1). */
export function writeReply({ code, lines }: Reply): string {
  return lines.map((line, index) => `${code}${index < lines.length - 1 ? '-' : ' '}${line}\r\n`).join('');
}

/** An envelope address in its angle brackets, and the parameters after it. */
export interface Path {
  /** Empty: the null reverse path of a bounce. */
  readonly address: string;
  readonly parameters: readonly string[];
}

/** @param keyword `FROM` or `TO`. @returns null for what is no path */
export function readPath(keyword: 'FROM' | 'TO', argument: string): Path | null {
  const [name = '', ...rest] = argument.split(':');
  if (name.toUpperCase() !== keyword) return null;
  const [, address, parameters = ''] = /^ *<([^<>\s]{0,320})>(?: +(.*))?$/.exec(rest.join(':')) ?? [];
  if (address === undefined || !isAddress(address)) return null;
  return { address, parameters: parameters.split(' ').filter((one) => one !== '') };
}

/** Nothing, a mailbox at a domain, or the one mailbox that needs none. */
function isAddress(address: string): boolean {
  if (address === '' || address.toLowerCase() === 'postmaster') return true;
  const at = address.lastIndexOf('@');
  return at > 0 && at < address.length - 1;
}

/** What stands against the parameters of MAIL; null: nothing. */
export function refuseParameters(parameters: readonly string[]): Reply | null {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.toUpperCase().split('=');
    if (name === 'SIZE' && /^\d{1,15}$/.test(value)) {
      if (Number(value) > LARGEST_MAIL) return TOO_LARGE;
    } else if (!(name === 'BODY' && ['7BIT', '8BITMIME'].includes(value)) && parameter.toUpperCase() !== 'SMTPUTF8') {
      return reply(555, 'MAIL FROM parameter not recognized or not implemented');
    }
  }
  return null;
}
