import { readBounded } from './read-bounded.js';

const LARGEST_SCHEMA = 2 * 1024 * 1024;
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null']);

/** Whether a file is a JSON Schema: it describes data and is none. False for what cannot be read. */
export async function isJsonSchema(file: string): Promise<boolean> {
  if (!/\.json$/i.test(file)) return false;
  try {
    return describesData(JSON.parse((await readBounded(file, LARGEST_SCHEMA)).toString('utf8')));
  } catch {
    return false;
  }
}

/** Many schemas do not name the standard; they show it by types that are its own, next to properties. */
function describesData(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { $schema: standard, type, properties } = value;
  if (typeof standard === 'string' && /^https?:\/\/json-schema\.org\//.test(standard)) return true;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const isTyped = types.length > 0 && types.every((each) => typeof each === 'string' && TYPES.has(each));
  return isTyped && isObject(properties) && Object.values(properties).every(isObject);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
