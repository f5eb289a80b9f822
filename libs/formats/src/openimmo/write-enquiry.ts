import { AppError, type CalendarDate } from '#lib/kernel';
import { element, writeDocument, type SoapElement } from '../soap/write-envelope.js';
import type { CONTACT_WAYS, FeedbackObject, FeedbackSender, Prospect, WISHES } from './feedback-model.js';

type Words = 'preferredWays' | 'wishes';

/** Who asks; what is left out is not written. */
export type Enquirer = Partial<Omit<Prospect, Words>> & {
  readonly lastName: string;
  readonly preferredWays?: readonly (typeof CONTACT_WAYS)[number][];
  readonly wishes?: readonly (typeof WISHES)[number][];
};

/** One person's enquiry about one object. */
export interface OpenImmoEnquiry {
  readonly sender: Partial<FeedbackSender> & { readonly name: string; readonly date: CalendarDate };
  readonly object: Partial<Omit<FeedbackObject, 'prospects'>> & { readonly objectId: string };
  readonly prospect: Enquirer;
}

type Field = readonly [name: string, value: string | null | undefined];

const VERSION = '1.2.5';
const LONGEST_LINE = 500;
const LONGEST_MESSAGE = 10_000;
// Line ends of every kind, other control characters, and characters that turn the direction of writing.
const NOT_ON_A_LINE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/**
 * Writes an enquiry as `openimmo_feedback` 1.2.5 in UTF-8, elements in the standard's order. Only the message may have
 * several lines; elsewhere a line end is refused, because receivers make mails of these fields.
 * @throws AppError INVALID_INPUT, with the element as path, for text with line ends or that XML cannot carry, and for
 *   text that is too long
 */
export function writeEnquiry({ sender, object, prospect }: OpenImmoEnquiry): string {
  return writeDocument(
    element('openimmo_feedback', [
      element('version', VERSION),
      element('sender', senderElements(sender)),
      element('objekt', [...lines(objectFields(object)), element('interessent', prospectElements(prospect))]),
    ]),
  );
}

/** The standard demands `makler_id` of every sender; a sender who gave the provider no number leaves it empty. */
function senderElements(sender: OpenImmoEnquiry['sender']): readonly SoapElement[] {
  const brokerId = lines([['makler_id', sender.brokerId]]);
  return [
    ...lines([
      ['name', sender.name],
      ['openimmo_anid', sender.anid],
      ['datum', sender.date],
    ]),
    ...(brokerId.length === 0 ? [element('makler_id', '')] : brokerId),
    ...lines([['regi_id', sender.registrationId]]),
  ];
}

function objectFields(object: OpenImmoEnquiry['object']): readonly Field[] {
  return [
    ['portal_unique_id', object.portalUniqueId],
    ['portal_obj_id', object.portalObjectId],
    ['anbieter_id', object.providerId],
    ['oobj_id', object.objectId],
    ['zusatz_refnr', object.furtherReference],
    ['expose_url', object.url],
    ['vermarktungsart', object.marketing],
    ['bezeichnung', object.title],
    ['etage', object.floor],
    ['whg_nr', object.flatNumber],
    ['strasse', object.street],
    ['ort', object.city],
    ['land', object.country],
    ['stadtbezirk', object.district],
    ['preis', object.price],
    ['anzahl_zimmer', object.rooms],
    ['flaeche', object.area],
  ];
}

function prospectElements(prospect: Enquirer): readonly SoapElement[] {
  return [
    ...lines([
      ['int_id', prospect.id],
      ['anrede', prospect.salutation],
      ['vorname', prospect.firstName],
      ['nachname', prospect.lastName],
      ['firma', prospect.company],
      ['strasse', prospect.street],
      ['plz', prospect.postcode],
      ['ort', prospect.city],
      ['tel', prospect.phone],
      ['fax', prospect.fax],
      ['mobil', prospect.mobile],
      ['email', prospect.email],
      ...(prospect.preferredWays ?? []).map((way) => ['bevorzugt', way] as const),
      ...(prospect.wishes ?? []).map((wish) => ['wunsch', wish] as const),
    ]),
    ...message(prospect.message),
  ];
}

function lines(fields: readonly Field[]): readonly SoapElement[] {
  return fields.flatMap(([name, value]) => {
    if (value === null || value === undefined || value === '') return [];
    if (value.length > LONGEST_LINE) throw refused(name, `is longer than ${LONGEST_LINE} characters`);
    if (NOT_ON_A_LINE.test(value)) throw refused(name, 'has a line end or control character');
    return [element(name, value)];
  });
}

function message(text: string | null | undefined): readonly SoapElement[] {
  if (text === null || text === undefined || text === '') return [];
  if (text.length > LONGEST_MESSAGE) throw refused('anfrage', `is longer than ${LONGEST_MESSAGE} characters`);
  return [element('anfrage', text.replace(/\r\n?/g, '\n'))];
}

function refused(path: string, reason: string): AppError {
  return new AppError('INVALID_INPUT', `${path}: ${reason}`, { path, reason });
}
