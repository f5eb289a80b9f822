import { Problem } from './problem.js';

/** Letters kept; the oldest are thrown away. */
const MOST_LETTERS = 100;
const LONGEST_FIELD = 200;

/** A letter as the gateway hands it to the print shop. */
export interface Letter {
  readonly subsidiary: string;
  readonly account: string;
  readonly code: string;
  readonly at: string;
}

/** The print shop's tray: letters with codes, to be read instead of posted. */
export class Mailbox {
  private letters: Letter[] = [];

  put(body: Buffer): void {
    this.letters = [...this.letters, readLetter(body)].slice(-MOST_LETTERS);
  }

  list(): readonly Letter[] {
    return this.letters;
  }

  empty(): void {
    this.letters = [];
  }
}

function readLetter(body: Buffer): Letter {
  const fields = parse(body);
  const text = (name: keyof Letter): string => {
    const value = fields[name];
    if (typeof value === 'string' && value !== '' && value.length <= LONGEST_FIELD) return value;
    throw new Problem(400, `A letter has subsidiary, account, code and at as text; ${name} is missing or wrong.`);
  };
  return { subsidiary: text('subsidiary'), account: text('account'), code: text('code'), at: text('at') };
}

function parse(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Falls through to the same sentence.
  }
  throw new Problem(400, 'The body must be a JSON object.');
}
