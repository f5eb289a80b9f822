import { child, NotXml, parseXml, type XmlElement } from '../tenancy/xml.js';

/** Who asks about which flat, for those who look at what arrived. */
export interface Enquiry {
  /** `oobj_id`: number of the flat. */
  readonly flatNumber: string;
  /** The texts about each who asks, by the names of OpenImmo. */
  readonly prospects: readonly Readonly<Record<string, readonly string[]>>[];
}

/** The document is no `openimmo_feedback` 1.2.5 with an enquiry. The message is for people and names no values. */
export class BadFeedback extends Error {
  override readonly name = 'BadFeedback';
}

/** Elements in the order of the standard; those of {@link REPEATED} may come several times. */
const FEEDBACK = 'version sender objekt fehlerliste status'.split(' ');
const SENDER = 'name openimmo_anid datum makler_id regi_id'.split(' ');
const OBJECT = (
  'portal_unique_id portal_obj_id anbieter_id oobj_id zusatz_refnr expose_url vermarktungsart bezeichnung etage ' +
  'whg_nr strasse ort land stadtbezirk preis gebot wae anzahl_zimmer flaeche interessent user_defined_extend'
).split(' ');
const PROSPECT = (
  'int_id anrede vorname nachname firma strasse postfach plz ort tel fax mobil email bevorzugt wunsch anfrage ' +
  'user_defined_extend'
).split(' ');
const REPEATED = new Set(
  'objekt fehlerliste status vermarktungsart interessent bevorzugt wunsch user_defined_extend'.split(' '),
);

const WAYS_TO_ANSWER = ['email', 'tel', 'mobil', 'fax'];
const MOST_OBJECTS = 50;

/**
 * Reads the enquiries of an `openimmo_feedback` document in UTF-8 or ISO-8859-1.
 * @throws BadFeedback naming the element that is missing, unknown, at the wrong place or empty
 */
export function readFeedback(body: Buffer): Enquiry[] {
  const root = parse(body);
  if (root.namespace !== '' || root.name !== 'openimmo_feedback') throw new BadFeedback('root is no openimmo_feedback');
  checkOrder(root, FEEDBACK);
  need(root, 'version');
  const sender = needElement(root, 'sender');
  checkOrder(sender, SENDER);
  need(sender, 'name');
  if (!/^\d{4}-\d{2}-\d{2}/.test(need(sender, 'datum'))) throw new BadFeedback('sender/datum is no date');
  needElement(sender, 'makler_id');
  const objects = root.children.filter(({ name }) => name === 'objekt');
  if (objects.length === 0 || objects.length > MOST_OBJECTS) throw new BadFeedback('objekt: none or too many');
  return objects.map(readObject);
}

function parse(body: Buffer): XmlElement {
  const isLatin1 = /^<\?xml[^>]*encoding=["']ISO-8859-1["']/i.test(body.toString('latin1', 0, 100));
  try {
    return parseXml(isLatin1 ? Buffer.from(body.toString('latin1')) : body);
  } catch (cause) {
    if (cause instanceof NotXml) throw new BadFeedback(cause.message, { cause });
    throw cause;
  }
}

function readObject(object: XmlElement): Enquiry {
  checkOrder(object, OBJECT);
  const prospects = object.children.filter(({ name }) => name === 'interessent');
  if (prospects.length === 0) throw new BadFeedback('objekt/interessent is missing');
  return { flatNumber: need(object, 'oobj_id'), prospects: prospects.map(readProspect) };
}

function readProspect(prospect: XmlElement): Enquiry['prospects'][number] {
  checkOrder(prospect, PROSPECT);
  need(prospect, 'nachname');
  if (!WAYS_TO_ANSWER.some((name) => textOf(prospect, name) !== '')) {
    throw new BadFeedback('interessent has neither email nor telephone');
  }
  const written: Record<string, string[]> = {};
  for (const { name, text } of prospect.children) (written[name] ??= []).push(text);
  return written;
}

/** Only known elements without a namespace, in the standard's order, once unless they may repeat. */
function checkOrder(parent: XmlElement, order: readonly string[]): void {
  let last = -1;
  for (const { namespace, name } of parent.children) {
    const place = namespace === '' ? order.indexOf(name) : -1;
    if (place < 0 || place < last || (place === last && !REPEATED.has(name))) {
      throw new BadFeedback(`${parent.name} has an unknown, repeated or misplaced element`);
    }
    last = place;
  }
}

function needElement(parent: XmlElement, name: string): XmlElement {
  const found = child(parent, '', name);
  if (found === undefined) throw new BadFeedback(`${parent.name}/${name} is missing`);
  return found;
}

function need(parent: XmlElement, name: string): string {
  const text = needElement(parent, name).text.trim();
  if (text === '') throw new BadFeedback(`${parent.name}/${name} is empty`);
  return text;
}

function textOf(parent: XmlElement, name: string): string {
  return child(parent, '', name)?.text.trim() ?? '';
}
