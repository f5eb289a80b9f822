/** Levels that a value may have; deeper ones are of no use in an answer. */
const DEEPEST = 64;

/**
 * Whether JSON gives the value back as it is. A Map, a Date or a NaN would come back as something else, and only on the
 * instance that did not read it itself. Properties that are undefined may get lost.
 */
export function isPlainData(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      return value === null || (depth < DEEPEST && isPlainObject(value, depth));
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) return value.every((item) => isPlainData(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if ((prototype !== Object.prototype && prototype !== null) || 'toJSON' in value) return false;
  return Object.values(value).every((item) => item === undefined || isPlainData(item, depth + 1));
}
