import { AppError, type Omission } from '#lib/kernel';
import { parseXml } from '../xml/xml-element.js';
import { malformed } from '../wire/wire-object.js';
import { FeedScanner, type ScanEvent } from './feed-scanner.js';
import { OpenImmoElement } from './openimmo-element.js';
import type { OpenImmoEstate, OpenImmoProvider, OpenImmoTransfer } from './openimmo-model.js';
import { numberOfEstate, readEstate, readTransfer } from './read-estate.js';

/** An object that cannot be read, by its number as far as it can be told. */
export interface RefusedEstate extends Omission {
  readonly number: string | null;
}

/** What a feed is made of, in the order of the document. A provider comes behind its objects. */
export type FeedEvent =
  | { readonly kind: 'transfer'; readonly transfer: OpenImmoTransfer }
  | { readonly kind: 'estate'; readonly estate: OpenImmoEstate; readonly path: string }
  | ({ readonly kind: 'refused' } & RefusedEstate)
  | { readonly kind: 'provider'; readonly provider: OpenImmoProvider; readonly path: string }
  /** The document is no feed; this is its root. */
  | { readonly kind: 'root'; readonly root: OpenImmoElement };

const MOST_ESTATES = 50_000;
const MOST_PROVIDERS = 1_000;
const PROVIDER_FIELDS: ReadonlyMap<string, keyof OpenImmoProvider> = new Map([
  ['anbieternr', 'number'],
  ['firma', 'name'],
  ['openimmo_anid', 'anid'],
]);
const NAMELESS: OpenImmoProvider = { number: null, name: null, anid: null };

/**
 * Reads an OpenImmo document chunk by chunk, one object at a time, so that memory does not grow with the feed. A
 * malformed object costs that object; a document that is not well-formed, is larger than 200 MiB, names more than
 * 50,000 objects or has a document type costs everything.
 */
export class OpenImmoFeedReader {
  private readonly scanner = new FeedScanner();
  private provider: OpenImmoProvider = NAMELESS;
  private providers = 0;
  private estates = 0;

  /** @throws AppError UPSTREAM_MALFORMED */
  *push(chunk: Uint8Array): Generator<FeedEvent> {
    for (const event of this.scanner.push(chunk)) yield* this.read(event);
  }

  /** @throws AppError UPSTREAM_MALFORMED when the document has not ended */
  *end(): Generator<FeedEvent> {
    for (const event of this.scanner.end()) yield* this.read(event);
  }

  private *read(event: ScanEvent): Generator<FeedEvent> {
    if (event.kind === 'piece') yield* this.readPiece(event.name, event.path, event.bytes);
    else if (event.name === 'anbieter' && event.kind === 'close') yield this.closeProvider();
  }

  private *readPiece(name: string, path: string, bytes: Buffer | null): Generator<FeedEvent> {
    if (!path.includes('.')) {
      yield { kind: 'root', root: parsePiece(bytes, path) };
    } else if (name === 'immobilie') {
      this.estates += 1;
      if (this.estates > MOST_ESTATES) throw malformed(path, `is beyond the ${MOST_ESTATES} objects of a feed`);
      yield readEstatePiece(bytes, path);
    } else if (name === 'uebertragung') {
      yield { kind: 'transfer', transfer: readTransfer(parsePiece(bytes, path)) };
    } else {
      const field = PROVIDER_FIELDS.get(name);
      if (field) this.provider = { ...this.provider, [field]: parsePiece(bytes, path).ownText(500) };
    }
  }

  private closeProvider(): FeedEvent {
    const path = `openimmo.anbieter[${this.providers}]`;
    this.providers += 1;
    if (this.providers > MOST_PROVIDERS) throw malformed(path, `is beyond the ${MOST_PROVIDERS} providers of a feed`);
    const { provider } = this;
    this.provider = NAMELESS;
    return { kind: 'provider', provider, path };
  }
}

function readEstatePiece(bytes: Buffer | null, path: string): FeedEvent {
  let number: string | null = null;
  try {
    const element = parsePiece(bytes, path);
    number = numberOfEstate(element);
    return { kind: 'estate', estate: readEstate(element), path };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return {
      kind: 'refused',
      number,
      path: error.details.path ?? path,
      reason: error.details.reason ?? 'is malformed',
    };
  }
}

/** Parses one element that the scanner has cut out; places inside it are told from the document's root. */
function parsePiece(bytes: Buffer | null, path: string): OpenImmoElement {
  if (bytes === null) throw malformed(path, 'is larger than 8 MiB');
  try {
    const [element] = parseXml(bytes).children;
    if (element) return new OpenImmoElement(element, path);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw malformed(path, error.details.reason ?? 'is not well-formed XML');
  }
  throw malformed(path, 'is not well-formed XML');
}
