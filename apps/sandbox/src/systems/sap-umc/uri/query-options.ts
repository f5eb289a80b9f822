import type { EntityType, ServiceModel } from '../model/service-model.js';
import { badRequest, optionsNotAllowed, unknownProperty } from '../sap-error.js';
import { type Filter, filterOf } from './filter.js';
import { type Shape, shapeOf } from './shape.js';

/** The `$…` options of a request as they were sent. */
export type RawOptions = ReadonlyMap<string, string>;

/** The options that concern a set. */
export interface SetOptions {
  readonly filter: Filter | null;
  readonly orderBy: readonly { readonly property: string; readonly descending: boolean }[];
  readonly top: number | null;
  readonly skip: number;
  /** How many rows earlier pages had. */
  readonly skipToken: number;
  readonly withCount: boolean;
}

const KNOWN = new Set([
  '$filter',
  '$expand',
  '$select',
  '$orderby',
  '$top',
  '$skip',
  '$inlinecount',
  '$format',
  '$skiptoken',
]);
const ONLY_FOR_SETS = ['$filter', '$orderby', '$skip', '$top', '$skiptoken', '$inlinecount'];

/**
 * Reads the query. Options without `$`, such as `sap-client`, are left to others.
 * @throws SapError 400 for an unknown or repeated option
 */
export function rawOptions(query: string): RawOptions {
  const options = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!name.startsWith('$')) continue;
    if (!KNOWN.has(name)) throw badRequest(`Die System-Query-Option '${name}' ist ungültig`);
    if (options.has(name)) throw badRequest(`Die System-Query-Option '${name}' ist mehrfach angegeben`);
    options.set(name, value);
  }
  return options;
}

/** The query as it was sent, but for the page: `$skiptoken` comes last. */
export function withSkipToken(query: string, token: number): string {
  const others = query.split('&').filter((pair) => pair !== '' && !/^(\$|%24)skiptoken=/i.test(pair));
  return [...others, `$skiptoken=${token}`].join('&');
}

/** @throws SapError 400 when one of the options makes sense for a set only */
export function refuseSetOptions(options: RawOptions): void {
  if (ONLY_FOR_SETS.some((name) => options.has(name))) throw optionsNotAllowed(ONLY_FOR_SETS);
}

/** @throws SapError 400 */
export function setOptions(options: RawOptions, type: EntityType, service: ServiceModel): SetOptions {
  const filter = options.get('$filter');
  return {
    filter: filter === undefined ? null : filterOf(filter, type, service),
    orderBy: orderBy(options.get('$orderby'), type),
    top: wholeNumber(options, '$top'),
    skip: wholeNumber(options, '$skip') ?? 0,
    skipToken: wholeNumber(options, '$skiptoken') ?? 0,
    withCount: inlineCount(options.get('$inlinecount')),
  };
}

/** @throws SapError 400 */
export function shapeOption(options: RawOptions, type: EntityType, service: ServiceModel): Shape {
  return shapeOf(options.get('$expand') ?? '', options.get('$select') ?? '', type, service);
}

function orderBy(text: string | undefined, type: EntityType): SetOptions['orderBy'] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const [property = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (typeof type.properties.get(property)?.type !== 'string') throw unknownProperty(property, type.name);
    if (rest.length > 0 || !['asc', 'desc'].includes(direction))
      throw badRequest("Ungültige System-Query-Option '$orderby'");
    return { property, descending: direction === 'desc' };
  });
}

function wholeNumber(options: RawOptions, name: string): number | null {
  const text = options.get(name);
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text)) throw badRequest(`Ungültiger Wert für die System-Query-Option '${name}'`);
  return Number(text);
}

function inlineCount(text: string | undefined): boolean {
  if (text === undefined || text === 'none') return false;
  if (text !== 'allpages') throw badRequest("Ungültiger Wert für die System-Query-Option '$inlinecount'");
  return true;
}
