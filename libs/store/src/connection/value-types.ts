import pg from 'pg';
import { instantOf, type Instant } from '#lib/kernel';

/**
 * PostgreSQL's types as the house's own: `date` stays text (CalendarDate), `timestamptz` is an Instant (milliseconds),
 * `bigint` a bigint, `numeric` decimal text. pg would make a local Date of the first two and text of the third.
 */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  [pg.types.builtins.DATE]: (text) => text,
  [pg.types.builtins.TIMESTAMP]: (text) => text,
  [pg.types.builtins.TIMESTAMPTZ]: toInstant,
  [pg.types.builtins.INT8]: BigInt,
};

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    PARSERS[oid] ?? pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};

/** `2026-11-22 17:00:00.123456+00`, the one form that ISO style and the session's time zone UTC leave. */
function toInstant(text: string): Instant {
  return instantOf(Date.parse(text.replace(' ', 'T').replace(/\+00$/, 'Z')));
}
