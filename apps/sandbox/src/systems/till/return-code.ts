/** What every answer begins with. Codes as in unTill's table: 0 to 7. */
export interface Result {
  readonly code: number;
  readonly message: string;
}

export const OK: Result = { code: 0, message: 'ok' };
export const AUTHENTICATION_ERROR: Result = { code: 2, message: 'Authentication error' };

/** What the till says when it is told by the control endpoint to answer with a code. */
export const MESSAGES: ReadonlyMap<number, string> = new Map([
  [1, 'EAccessViolation: Access violation at address 0048B2A1 in module unTill.exe'],
  [2, AUTHENTICATION_ERROR.message],
  [3, 'Illegal request argument'],
  [4, 'Database not available'],
  [5, 'TPAPI disabled'],
  [6, 'TPAPI not allowed by unTill license'],
  [7, 'Your request cannot be processed'],
]);

/** The till answers with this code instead of doing what was asked. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** A value is not what its name asks for. The message is what the till says. */
export function illegal(name: string): Refused {
  return new Refused(3, `Illegal value of ${name}`);
}
