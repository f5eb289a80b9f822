import { createHash } from 'node:crypto';

/**
 * JSON with sorted names and no blanks (RFC 8785), so that equal input has equal text whatever order a client wrote it
 * in. Properties without a value are left out.
 * @throws TypeError when the value holds what JSON cannot say
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => (isRecord(part) ? sorted(part) : part));
}

/** SHA-256 as lower-case hex. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  // By UTF-16 code units, as RFC 8785 wants; a null prototype lets `__proto__` be an ordinary name.
  const result = Object.create(null) as Record<string, unknown>;
  for (const name of Object.keys(record).toSorted()) result[name] = record[name];
  return result;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
