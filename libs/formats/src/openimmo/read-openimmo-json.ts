import type { Instant } from '#lib/kernel';
import { malformed, WireObject } from '../wire/wire-object.js';
import { localInstant } from '../local-time/local-time.js';
import { ACTIONS, ARTS, MODES, SCOPES, wordOf, type WordOf } from './openimmo-words.js';
import type { OpenImmoTransfer } from './openimmo-model.js';

/** What can be told of an object that some program has stored as JSON with English names. */
export interface JsonEstate {
  readonly number: string | null;
  readonly obid: string | null;
  readonly action: WordOf<typeof ACTIONS> | null;
  readonly asOf: Instant | null;
  readonly forPurchase: boolean | null;
  readonly forRent: boolean | null;
  readonly forLiving: boolean | null;
  readonly commercial: boolean | null;
}

export type OpenImmoJson =
  | { readonly kind: 'estate'; readonly estate: JsonEstate }
  | { readonly kind: 'transfer'; readonly transfer: OpenImmoTransfer };

const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Reads an OpenImmo object or transfer in the JSON that the object models of the PHP world make of it. The standard
 * knows XML only; these files hold fragments.
 * @throws AppError UPSTREAM_MALFORMED when it is neither
 */
export function readOpenImmoJson(bytes: Uint8Array): OpenImmoJson {
  const root = new WireObject(parse(bytes), '');
  if (root.has('technicalManagement') || root.has('propertyCategory'))
    return { kind: 'estate', estate: readEstate(root) };
  if (root.has('scope') || root.has('senderSoftware')) return { kind: 'transfer', transfer: readTransfer(root) };
  throw malformed('$', 'is no part of OpenImmo');
}

function parse(bytes: Uint8Array): unknown {
  if (bytes.byteLength > MOST_BYTES) throw malformed('$', 'is larger than 8 MiB');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw malformed('$', 'is not JSON in UTF-8');
  }
}

function readEstate(root: WireObject): JsonEstate {
  const technical = root.optionalObject('technicalManagement');
  const category = root.optionalObject('propertyCategory');
  const marketing = category?.optionalObject('marketingType') ?? null;
  const use = category?.optionalObject('typeOfUse') ?? null;
  return {
    number: technical?.optionalText('externalPropertyNumber') ?? null,
    obid: technical?.optionalText('openImmoObjectId') ?? null,
    action: word(technical?.optionalObject('action') ?? null, 'actionType', ACTIONS),
    asOf: instant(technical, 'statusFrom'),
    forPurchase: flag(marketing, 'purchase'),
    forRent: flag(marketing, 'rentLease'),
    forLiving: flag(use, 'living'),
    commercial: flag(use, 'commercial'),
  };
}

function readTransfer(root: WireObject): OpenImmoTransfer {
  return {
    art: word(root, 'type', ARTS),
    scope: word(root, 'scope', SCOPES),
    mode: word(root, 'mode', MODES),
    version: root.optionalText('version', 50),
    senderSoftware: root.optionalText('senderSoftware', 500),
    senderVersion: root.optionalText('senderVersion', 500),
    registrationId: root.optionalText('regionId', 500),
    sentAt: instant(root, 'timestamp'),
  };
}

function word<List extends readonly string[]>(wire: WireObject | null, name: string, list: List): WordOf<List> | null {
  const text = wire?.optionalText(name, 500) ?? null;
  return text === null ? null : wordOf(list, text);
}

function flag(wire: WireObject | null, name: string): boolean | null {
  const value = wire?.value(name) ?? null;
  return wire === null || value === null ? null : wire.boolean(name);
}

function instant(wire: WireObject | null, name: string): Instant | null {
  const text = wire?.optionalText(name, 100) ?? null;
  if (wire === null || text === null) return null;
  const value = localInstant(text);
  if (value === undefined) throw malformed(wire.at(name), 'is not a timestamp');
  return value;
}
