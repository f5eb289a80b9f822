import { malformed } from '../wire/wire-object.js';
import { openImmoChunks } from './feed-chunks.js';
import { OpenImmoFeedReader, type FeedEvent, type RefusedEstate } from './feed-reader.js';
import type { OpenImmoFeedback } from './feedback-model.js';
import type { OpenImmoElement } from './openimmo-element.js';
import type { OpenImmoEstate, OpenImmoProvider, OpenImmoTransfer } from './openimmo-model.js';
import { readAttachment, readAttachments } from './read-attachments.js';
import { readEstate, readTransfer } from './read-estate.js';
import { readFeedback } from './read-feedback.js';
import { readCategory, readIdentity, readPlace, readTerms } from './read-identity.js';
import { readAreas, readCondition, readEnergyPass, readEquipment, readPrices, readTexts } from './read-offer.js';
import { readOpenImmoJson, type OpenImmoJson } from './read-openimmo-json.js';

/** Any OpenImmo file: a feed, a feedback, one element of either, or such an element as JSON. */
export type OpenImmoFile =
  | OpenImmoFeed
  | { readonly kind: 'feedback'; readonly feedback: OpenImmoFeedback }
  /** `value` is null for elements that this house has no use for. */
  | { readonly kind: 'fragment'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'json'; readonly content: OpenImmoJson };

export interface OpenImmoFeed {
  readonly kind: 'feed';
  readonly transfer: OpenImmoTransfer | null;
  readonly providers: readonly (OpenImmoProvider & { readonly estates: readonly OpenImmoEstate[] })[];
  readonly refused: readonly RefusedEstate[];
}

/** Elements that make sense alone. What leads to the door stays hidden in a lone `geo`: nobody released it. */
const FRAGMENTS: ReadonlyMap<string, (element: OpenImmoElement) => unknown> = new Map<
  string,
  (element: OpenImmoElement) => unknown
>([
  ['uebertragung', readTransfer],
  ['immobilie', readEstate],
  ['objektkategorie', readCategory],
  ['geo', (element) => readPlace(element, false)],
  ['preise', readPrices],
  ['flaechen', readAreas],
  ['ausstattung', readEquipment],
  ['zustand_angaben', readCondition],
  ['energiepass', readEnergyPass],
  ['freitexte', readTexts],
  ['anhaenge', readAttachments],
  ['anhang', readAttachment],
  ['verwaltung_objekt', readTerms],
  ['verwaltung_techn', readIdentity],
]);

/** Elements of the standard that are only checked for being XML. */
const UNUSED = new Set(
  `aussen_courtage bewertung bieterverfahren distanzen distanzen_sport geokoordinaten infrastruktur
  innen_courtage kontaktperson nutzungsart objektart sender objekt interessent user_defined_anyfield
  user_defined_extend user_defined_simplefield vermarktungsart versteigerung weitere_adresse`.split(/\s+/),
);

const JSON_START = /^[\s\u00ef\u00bb\u00bf]*[{[]/;

/**
 * Reads an OpenImmo file, packed or not, told apart by content.
 * @throws AppError UPSTREAM_MALFORMED, also when every object of a feed is malformed
 */
export function readOpenImmoFile(bytes: Buffer): OpenImmoFile {
  if (JSON_START.test(bytes.toString('latin1', 0, 100))) return { kind: 'json', content: readOpenImmoJson(bytes) };
  const events = [...feedEvents(bytes)];
  const root = events.find((event) => event.kind === 'root')?.root;
  return root ? readRoot(root) : collectFeed(events);
}

function* feedEvents(bytes: Buffer): Generator<FeedEvent> {
  const reader = new OpenImmoFeedReader();
  for (const chunk of openImmoChunks(bytes)) yield* reader.push(chunk);
  yield* reader.end();
}

function readRoot(root: OpenImmoElement): OpenImmoFile {
  const { name } = root;
  if (name === 'openimmo_feedback') return { kind: 'feedback', feedback: readFeedback(root) };
  const read = FRAGMENTS.get(name);
  if (read) return { kind: 'fragment', name, value: read(root) };
  if (UNUSED.has(name)) return { kind: 'fragment', name, value: null };
  throw malformed('$', 'is no part of OpenImmo');
}

function collectFeed(events: readonly FeedEvent[]): OpenImmoFeed {
  let transfer: OpenImmoTransfer | null = null;
  let estates: OpenImmoEstate[] = [];
  const providers: OpenImmoFeed['providers'][number][] = [];
  const refused: RefusedEstate[] = [];
  for (const event of events) {
    if (event.kind === 'transfer') transfer = event.transfer;
    if (event.kind === 'estate') estates.push(event.estate);
    if (event.kind === 'refused') refused.push({ number: event.number, path: event.path, reason: event.reason });
    if (event.kind === 'provider') {
      providers.push({ ...event.provider, estates });
      estates = [];
    }
  }
  const [first] = refused;
  if (first && providers.every((provider) => provider.estates.length === 0)) throw malformed(first.path, first.reason);
  return { kind: 'feed', transfer, providers, refused };
}
