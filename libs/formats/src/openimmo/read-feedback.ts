import { malformed } from '../wire/wire-object.js';
import {
  CONTACT_WAYS,
  WISHES,
  type FeedbackError,
  type FeedbackObject,
  type OpenImmoFeedback,
  type FeedbackSender,
  type Prospect,
} from './feedback-model.js';
import type { OpenImmoElement } from './openimmo-element.js';
import { wordOf, type WordOf } from './openimmo-words.js';

const MOST_ROWS = 10_000;

/**
 * Reads a whole `openimmo_feedback`.
 * @throws AppError UPSTREAM_MALFORMED for a value that is not what the standard says
 */
export function readFeedback(root: OpenImmoElement): OpenImmoFeedback {
  const status = root.child('status');
  return {
    version: root.line('version'),
    sender: readSender(root.child('sender')),
    objects: rows(root, 'objekt').map(readObject),
    errors: rows(root.child('fehlerliste'), 'fehler').map(readError),
    status: status && { number: status.line('statusnr'), text: status.text('text') },
  };
}

function rows(parent: OpenImmoElement | null, name: string): readonly OpenImmoElement[] {
  const found = parent?.children(name) ?? [];
  if (found.length > MOST_ROWS) throw malformed(`${parent?.path}.${name}`, `comes more than ${MOST_ROWS} times`);
  return found;
}

function readSender(sender: OpenImmoElement | null): FeedbackSender {
  return {
    name: sender?.line('name') ?? null,
    anid: sender?.line('openimmo_anid') ?? null,
    date: sender?.date('datum') ?? null,
    brokerId: sender?.line('makler_id') ?? null,
    registrationId: sender?.line('regi_id') ?? null,
  };
}

function readObject(object: OpenImmoElement): FeedbackObject {
  return {
    portalUniqueId: object.line('portal_unique_id'),
    portalObjectId: object.line('portal_obj_id'),
    providerId: object.line('anbieter_id'),
    objectId: object.line('oobj_id'),
    furtherReference: object.line('zusatz_refnr'),
    url: object.line('expose_url', 2_000),
    marketing: object.line('vermarktungsart'),
    title: object.line('bezeichnung', 1_000),
    floor: object.line('etage'),
    flatNumber: object.line('whg_nr'),
    street: object.line('strasse'),
    city: object.line('ort'),
    country: object.line('land'),
    district: object.line('stadtbezirk'),
    price: object.line('preis'),
    rooms: object.line('anzahl_zimmer'),
    area: object.line('flaeche'),
    prospects: rows(object, 'interessent').map(readProspect),
  };
}

function readProspect(prospect: OpenImmoElement): Prospect {
  return {
    id: prospect.line('int_id'),
    salutation: prospect.line('anrede'),
    firstName: prospect.line('vorname'),
    lastName: prospect.line('nachname'),
    company: prospect.line('firma'),
    street: prospect.line('strasse'),
    postcode: prospect.line('plz'),
    city: prospect.line('ort'),
    phone: prospect.line('tel'),
    mobile: prospect.line('mobil'),
    fax: prospect.line('fax'),
    email: prospect.line('email'),
    preferredWays: words(prospect, 'bevorzugt', CONTACT_WAYS),
    wishes: words(prospect, 'wunsch', WISHES),
    message: prospect.text('anfrage'),
  };
}

function words<List extends readonly string[]>(
  parent: OpenImmoElement,
  name: string,
  list: List,
): readonly WordOf<List>[] {
  const texts = rows(parent, name).map((each) => each.ownText(100));
  return [...new Set(texts.filter((text) => text !== null).map((text) => wordOf(list, text)))];
}

function readError(error: OpenImmoElement): FeedbackError {
  return { objectId: error.line('objekt_id'), number: error.line('fehlernr'), text: error.text('text') };
}
