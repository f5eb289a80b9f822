import { parseGlobalId, toGlobalId } from '#lib/kernel';

/** Fields that tell people and their contracts apart. */
const TELLING =
  /^(name|number|serialNumber|chipCardNumber|marketLocation|meteringLocation|payload|address|street|iban|code|fact)$/;
/** Shorter texts may stand anywhere. */
const SHORTEST_CANARY = 5;

/** All ids in an answer. */
export function idsIn(value: unknown): string[] {
  return [...new Set(textsAt(value, /^id$/))];
}

/** Names and numbers in an answer that must not be in anybody else's. */
export function canariesIn(value: unknown): string[] {
  return [...new Set(textsAt(value, TELLING).filter(({ length }) => length >= SHORTEST_CANARY))];
}

function textsAt(value: unknown, wanted: RegExp): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => textsAt(element, wanted));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    typeof inner === 'string' && wanted.test(field) ? [inner] : textsAt(inner, wanted),
  );
}

/** An id of the same type and shape that nobody has. */
export function inventedLike(id: string): string {
  const { type, key } = parseGlobalId(id)!;
  const invent = (run: string): string => run.replace(/\d/g, '9').replace(/[a-f]/g, 'e');
  return toGlobalId(type, key.replace(/[0-9a-f]{4,}|\d+/g, invent));
}
