import { AppError } from './app-error.js';

/** The type and key inside a global id. */
export interface GlobalId {
  readonly type: string;
  readonly key: string;
}

const LONGEST_ID = 400;
const SHAPE = /^([A-Za-z]{1,40}):([\x20-\x7e]{1,200})$/;

/** The id of a node: base64url of `Type:key`, the same for every caller and channel. It grants nothing. */
export function toGlobalId(type: string, key: string): string {
  return Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');
}

/** @returns the parts, or undefined when `id` is not one of ours */
export function parseGlobalId(id: string): GlobalId | undefined {
  if (id.length > LONGEST_ID || !/^[A-Za-z0-9_-]+$/.test(id)) return undefined;
  const match = SHAPE.exec(Buffer.from(id, 'base64url').toString('utf8'));
  return match ? { type: match[1]!, key: match[2]! } : undefined;
}

/**
 * The key inside a global id of `type`.
 * @throws AppError NOT_FOUND when it is not an id of that type: the caller learns nothing more
 */
export function keyOfGlobalId(id: string, type: string): string {
  const parsed = parseGlobalId(id);
  if (parsed?.type !== type) throw new AppError('NOT_FOUND', `not an id of ${type}`);
  return parsed.key;
}
