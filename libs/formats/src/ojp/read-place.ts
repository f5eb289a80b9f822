import { malformed } from '../wire/wire-object.js';
import type { OjpElement } from './ojp-element.js';
import type { OjpMode, OjpPlace, OjpPlaceKind, OjpPlaceRef, OjpPosition } from './ojp-model.js';
import { readText } from './read-text.js';

interface Shape {
  readonly kind: OjpPlaceKind;
  /** The element that describes it, where a place is defined. */
  readonly elements: readonly string[];
  readonly refs: readonly string[];
  readonly names: readonly string[];
}

const SHAPES: readonly Shape[] = [
  { kind: 'STOP_POINT', elements: ['StopPoint'], refs: ['StopPointRef'], names: ['StopPointName'] },
  { kind: 'STOP_PLACE', elements: ['StopPlace'], refs: ['StopPlaceRef'], names: ['StopPlaceName'] },
  {
    kind: 'LOCALITY',
    elements: ['TopographicPlace', 'Locality'],
    refs: ['TopographicPlaceRef', 'LocalityRef', 'TopographicPlaceCode', 'LocalityCode'],
    names: ['TopographicPlaceName', 'LocalityName'],
  },
  {
    kind: 'POI',
    elements: ['PointOfInterest'],
    refs: ['PointOfInterestRef', 'PointOfInterestCode', 'PublicCode'],
    names: ['PointOfInterestName', 'Name'],
  },
  {
    kind: 'ADDRESS',
    elements: ['Address'],
    refs: ['AddressRef', 'AddressCode', 'PublicCode'],
    names: ['AddressName', 'Name'],
  },
];

const PLACE_NAMES = ['Name', 'LocationName', 'PlaceName'] as const;
const DHID = /^[a-z]{2}:\d{1,8}:[^:\s]{1,40}(?::[^:\s]{0,40}){0,3}$/;

/** A place with its description: a search result or part of the context of an answer. */
export function readPlace(place: OjpElement): OjpPlace {
  const shape = SHAPES.find(({ elements }) => place.find(...elements) !== null);
  const inner = shape === undefined ? place : place.get(...shape.elements);
  const isStop = shape?.kind === 'STOP_POINT' || shape?.kind === 'STOP_PLACE';
  const ref = isStop ? inner.text(...shape.refs) : inner.optionalText(...(shape?.refs ?? []));
  const outerName = readText(place, ...PLACE_NAMES);
  const name = outerName.length > 0 || shape === undefined ? outerName : readText(inner, ...shape.names);
  const position = readPosition(place) ?? readPosition(inner);
  if (ref === null && position === null) throw malformed(place.path, 'has neither a reference nor a position');
  return {
    kind: shape?.kind ?? 'POSITION',
    ref,
    dhid: dhidOf(ref, inner),
    name,
    position,
    parentRef: inner.optionalText('ParentRef'),
    localityRef: shape?.kind === 'LOCALITY' ? null : inner.optionalText('TopographicPlaceRef', 'LocalityRef'),
    modes: place.list('Mode').map(readMode),
  };
}

/** A place named by its reference or position: in a request, at a call, at either end of a leg. */
export function readPlaceRef(holder: OjpElement): OjpPlaceRef {
  const shape = SHAPES.find(({ refs }) => holder.find(...refs) !== null);
  const ref = shape === undefined ? null : holder.text(...shape.refs);
  const position = readPosition(holder);
  if (ref === null && position === null) throw malformed(holder.path, 'has neither a reference nor a position');
  const name = readText(holder, ...(shape?.names ?? []), ...PLACE_NAMES);
  return { kind: shape?.kind ?? 'POSITION', ref, dhid: dhidOf(ref, holder), name, position };
}

export function readMode(mode: OjpElement): OjpMode {
  const submode = mode.children.find(({ name }) => name.endsWith('Submode'));
  return {
    mode: mode.text('PtMode', 'PersonalMode', 'IndividualMode', 'ContinuousMode'),
    submode: submode === undefined || submode.content === '' ? null : submode.content,
    name: readText(mode, 'Name'),
  };
}

function dhidOf(ref: string | null, element: OjpElement): string | null {
  const codes = element.list('PrivateCode').map((code) => code.optionalText('Value'));
  return [ref, ...codes].find((code) => code !== null && DHID.test(code)) ?? null;
}

function readPosition(holder: OjpElement): OjpPosition | null {
  const position = holder.find('GeoPosition', 'Position');
  if (position === null) return null;
  return { latitude: degrees(position, 'Latitude', 90), longitude: degrees(position, 'Longitude', 180) };
}

function degrees(position: OjpElement, name: string, most: number): number {
  const text = position.text(name);
  const value = /^[+-]?\d{1,3}(?:\.\d{1,20})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= most)) throw malformed(position.at(name), 'is not an angle in degrees');
  return value;
}
