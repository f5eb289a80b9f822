import { malformed } from '../wire/wire-object.js';
import { declarationsOf, localName, tokenAt, type XmlToken } from './xml-tokens.js';

/**
 * What a scanner finds: containers that open and close, and between them whole elements. `bytes` is null for an
 * element that is too large; its content has been dropped.
 */
export type ScanEvent =
  | { readonly kind: 'open' | 'close'; readonly name: string }
  | { readonly kind: 'piece'; readonly name: string; readonly path: string; readonly bytes: Buffer | null };

interface Container {
  readonly rawName: string;
  readonly name: string;
  readonly path: string;
  /** Namespaces declared here and further out. */
  readonly declarations: string;
  /** Children of each name so far. */
  readonly counts: Map<string, number>;
}

const LARGEST_PIECE = 8 * 1024 * 1024 - 64 * 1024;
/** Work is done in portions of this size, however small the chunks that come in. */
const PORTION = 64 * 1024;
/** Bytes of a feed after unpacking. */
export const LARGEST_FEED = 200 * 1024 * 1024;
const MOST_DECLARATIONS = 10_000;
/** More names of children than the standard has are not counted. */
const MOST_NAMES = 100;
const SIGNATURE = '\u00ef\u00bb\u00bf';

/**
 * Cuts an OpenImmo document of at most 200 MiB into elements that can be parsed one by one, so that a feed of any
 * length takes the memory of its largest object. `openimmo` and `anbieter` are containers; every other element is a
 * whole piece. Works on bytes of any encoding that contains ASCII; each piece carries the document's declaration, so
 * that it can be parsed alone.
 */
export class FeedScanner {
  /** One character per byte. */
  private buffer = '';
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private totalBytes = 0;
  private at = 0;
  private prolog = '';
  private readonly containers: Container[] = [];
  private piece: { start: number; depth: number; name: string; path: string; dropped: boolean } | null = null;
  private rootSeen = false;

  /** @param portion bytes that are gathered before they are looked at */
  constructor(private readonly portion = PORTION) {}

  /** @throws AppError UPSTREAM_MALFORMED when the document cannot be cut up, is too large or has a DOCTYPE */
  push(chunk: Uint8Array): readonly ScanEvent[] {
    this.totalBytes += chunk.length;
    if (this.totalBytes > LARGEST_FEED) throw malformed('$', `is larger than ${LARGEST_FEED} bytes`);
    this.waiting.push(chunk);
    this.waitingBytes += chunk.length;
    return this.waitingBytes < this.portion ? [] : this.scan();
  }

  /** @throws AppError UPSTREAM_MALFORMED when the document has not ended */
  end(): readonly ScanEvent[] {
    const events = this.scan();
    if (!this.rootSeen) throw malformed('$', 'has no root element');
    if (this.containers.length > 0 || this.piece !== null) throw malformed('$', 'ends too early');
    if (this.buffer.trim() !== '') throw malformed('$', 'has text behind its root element');
    return events;
  }

  private scan(): readonly ScanEvent[] {
    this.buffer += Buffer.concat(this.waiting).toString('latin1');
    this.waiting = [];
    this.waitingBytes = 0;
    const events: ScanEvent[] = [];
    for (;;) {
      const open = this.buffer.indexOf('<', this.at);
      const token = open === -1 ? undefined : tokenAt(this.buffer, open);
      if (token === undefined) {
        this.keepRest(open);
        return events;
      }
      if (this.containers.length === 0 && this.piece === null) this.checkOutside(this.buffer.slice(this.at, open));
      if (this.piece === null) this.between(token, open, events);
      else this.inside(token, open, events);
      this.at = token.end;
    }
  }

  /** Forgets what has been scanned, but for an unfinished piece and for text outside the root, which is still checked. */
  private keepRest(open: number): void {
    const { piece } = this;
    const scanned = open === -1 ? this.buffer.length : open;
    if (piece !== null && scanned - piece.start > LARGEST_PIECE) piece.dropped = true;
    const outside = piece === null && this.containers.length === 0;
    const from = outside ? this.at : piece === null || piece.dropped ? scanned : piece.start;
    this.buffer = this.buffer.slice(from);
    this.at = outside ? 0 : scanned - from;
    if (piece !== null) piece.start -= from;
    if (this.buffer.length > 2 * LARGEST_PIECE) throw malformed('$', 'has markup without an end');
  }

  private checkOutside(text: string): void {
    const rest = text.startsWith(SIGNATURE) && !this.rootSeen && this.prolog === '' ? text.slice(3) : text;
    if (rest.trim() !== '') throw malformed('$', 'has text outside its root element');
    if (rest !== text) this.prolog = SIGNATURE;
  }

  private between(token: XmlToken, open: number, events: ScanEvent[]): void {
    const parent = this.containers.at(-1);
    if (token.kind === 'aside' || token.kind === 'cdata') {
      if (parent === undefined) this.aroundRoot(token, open);
      return;
    }
    if (token.kind === 'end') {
      if (parent?.rawName !== token.name) throw malformed('$', 'is not well-formed XML');
      this.containers.pop();
      events.push({ kind: 'close', name: parent.name });
      return;
    }
    if (parent === undefined && this.rootSeen) throw malformed('$', 'has more than one root element');
    this.rootSeen = true;
    this.enter(token, open, parent, events);
  }

  private aroundRoot(token: XmlToken, open: number): void {
    if (token.kind === 'cdata') throw malformed('$', 'is not well-formed XML');
    if (!this.rootSeen && this.buffer.startsWith('<?xml', open) && token.end - open < 500) {
      this.prolog += this.buffer.slice(open, token.end);
    }
  }

  private enter(token: XmlToken, open: number, parent: Container | undefined, events: ScanEvent[]): void {
    const name = localName(token.name);
    const path = pathOf(name, parent);
    if (!isContainer(name, parent)) {
      this.piece = { start: open, depth: token.kind === 'start' ? 1 : 0, name, path, dropped: false };
      if (token.kind === 'empty') this.leavePiece(token.end, events);
      return;
    }
    events.push({ kind: 'open', name });
    if (token.kind === 'empty') {
      events.push({ kind: 'close', name });
      return;
    }
    const declarations = (parent?.declarations ?? '') + declarationsOf(this.buffer.slice(open, token.end));
    if (declarations.length > MOST_DECLARATIONS) throw malformed('$', 'declares too many namespaces');
    this.containers.push({ rawName: token.name, name, path, declarations, counts: new Map() });
  }

  private inside(token: XmlToken, open: number, events: ScanEvent[]): void {
    const piece = this.piece!;
    if (token.kind === 'start') piece.depth += 1;
    if (token.kind !== 'end') return;
    piece.depth -= 1;
    if (piece.depth === 0) this.leavePiece(token.end, events);
    else if (open - piece.start > LARGEST_PIECE) piece.dropped = true;
  }

  private leavePiece(end: number, events: ScanEvent[]): void {
    const { start, name, path, dropped } = this.piece!;
    const whole = !dropped && end - start <= LARGEST_PIECE;
    events.push({ kind: 'piece', name, path, bytes: whole ? this.alone(this.buffer.slice(start, end)) : null });
    this.piece = null;
  }

  /** The piece as a document of its own, inside an element that declares the namespaces it was under. */
  private alone(piece: string): Buffer {
    const scope = this.containers.at(-1)?.declarations ?? '';
    return Buffer.from(`${this.prolog}<piece${scope}>${piece}</piece>`, 'latin1');
  }
}

function isContainer(name: string, parent: Container | undefined): boolean {
  if (name === 'openimmo') return parent === undefined;
  return name === 'anbieter' && (parent === undefined || parent.name === 'openimmo');
}

/** The place in the document, counting from 0, e.g. `openimmo.anbieter[0].immobilie[12]`. */
function pathOf(name: string, parent: Container | undefined): string {
  if (parent === undefined) return name;
  const count = parent.counts.get(name) ?? 0;
  if (parent.counts.size < MOST_NAMES) parent.counts.set(name, count + 1);
  return `${parent.path}.${name}[${count}]`;
}
