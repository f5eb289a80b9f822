import { isDeepStrictEqual } from 'node:util';
import type { RawAnswer } from './read-answer.js';

/** An answer that is not what it should be: figures of wrong answers say nothing, so the run ends. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer';
}

const HEAD = '{"data":';
/** What may follow the data: the end, or other members, but no errors. */
const REST = /^(?:\}|,"(?!errors"))/;
const LONGEST_REST = 9;

/**
 * Checks every answer of every contender: status 200, no errors, and for the same question the same `data` from all.
 * What a contender adds besides, such as sources, may differ.
 */
export class Answers {
  /** Question → what the first contender answered to it. */
  private readonly agreed = new Map<string, { readonly data: unknown; readonly by: string }>();
  /** Contender and question → how its right answers begin, so that most are compared byte by byte. */
  private readonly beginnings = new Map<string, Buffer>();
  private count = 0;

  /** Answers that were checked. */
  get checked(): number {
    return this.count;
  }

  /** @throws WrongAnswer naming the contender and the place of the first difference */
  check(contender: string, question: string, answer: RawAnswer): void {
    this.count += 1;
    const key = `${contender} ${question}`;
    const beginning = this.beginnings.get(key);
    if (answer.status === 200 && beginning !== undefined && beginsWith(answer.body, beginning)) return;
    const { data, text } = read(contender, answer);
    const agreed = this.agreed.get(question);
    if (agreed === undefined) this.agreed.set(question, { data, by: contender });
    else if (!isDeepStrictEqual(agreed.data, data)) {
      const place = firstDifference(agreed.data, data);
      throw new WrongAnswer(`${contender} and ${agreed.by} differ about ${question} at ${place}`);
    }
    const start = Buffer.from(HEAD + JSON.stringify(data), 'utf8');
    if (text.startsWith(HEAD) && beginsWith(answer.body, start)) this.beginnings.set(key, start);
  }
}

/** The whole of `data` and not more of it. */
function beginsWith(body: Buffer, beginning: Buffer): boolean {
  const { length } = beginning;
  if (body.length <= length || body.compare(beginning, 0, length, 0, length) !== 0) return false;
  return REST.test(body.toString('latin1', length, length + LONGEST_REST));
}

function read(contender: string, { status, body }: RawAnswer): { data: unknown; text: string } {
  const text = body.toString('utf8');
  if (status !== 200) throw new WrongAnswer(`${contender} answered ${status}: ${text.slice(0, 300)}`);
  const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown[] };
  if (errors !== undefined || data === undefined || data === null) {
    throw new WrongAnswer(`${contender} answered with errors: ${JSON.stringify(errors ?? 'no data').slice(0, 300)}`);
  }
  return { data, text };
}

/** Path of the first place at which two values differ. */
export function firstDifference(left: unknown, right: unknown, path = 'data'): string {
  if (!isContainer(left) || !isContainer(right)) return path;
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  for (const key of keys) {
    if (!isDeepStrictEqual(left[key], right[key])) return firstDifference(left[key], right[key], `${path}.${key}`);
  }
  return path;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
