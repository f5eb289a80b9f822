import { readAttachments } from './read-attachments.js';
import { readCategory, readIdentity, readPlace, readTerms } from './read-identity.js';
import { readAreas, readCondition, readEquipment, readPrices, readTexts } from './read-offer.js';
import type { OpenImmoElement } from './openimmo-element.js';
import type { OpenImmoEstate, OpenImmoTransfer } from './openimmo-model.js';
import { ARTS, MODES, SCOPES } from './openimmo-words.js';
import { malformed } from '../wire/wire-object.js';
import { localInstant } from '../local-time/local-time.js';

/**
 * Reads `immobilie`. Every group may be missing.
 * @throws AppError UPSTREAM_MALFORMED for a value that is not what the standard says
 */
export function readEstate(estate: OpenImmoElement): OpenImmoEstate {
  const terms = readTerms(estate.child('verwaltung_objekt'));
  return {
    identity: readIdentity(estate.child('verwaltung_techn')),
    category: readCategory(estate.child('objektkategorie')),
    place: readPlace(estate.child('geo'), terms.addressReleased),
    prices: readPrices(estate.child('preise')),
    areas: readAreas(estate.child('flaechen')),
    equipment: readEquipment(estate.child('ausstattung')),
    condition: readCondition(estate.child('zustand_angaben')),
    texts: readTexts(estate.child('freitexte')),
    attachments: readAttachments(estate.child('anhaenge')),
    terms,
  };
}

/** The number of an object that may be wrong elsewhere; null when it has none that can be told. */
export function numberOfEstate(estate: OpenImmoElement): string | null {
  const group = estate.child('verwaltung_techn');
  try {
    return group?.line('objektnr_extern') ?? group?.line('openimmo_obid') ?? null;
  } catch {
    return null;
  }
}

/** Reads `uebertragung`. @throws AppError UPSTREAM_MALFORMED for a timestamp that is none */
export function readTransfer(transfer: OpenImmoElement): OpenImmoTransfer {
  const timestamp = transfer.attribute('timestamp');
  const sentAt = timestamp === null ? null : localInstant(timestamp);
  if (sentAt === undefined) throw malformed(`${transfer.path}@timestamp`, 'is not a timestamp');
  return {
    art: transfer.attributeWord('art', ARTS),
    scope: transfer.attributeWord('umfang', SCOPES),
    mode: transfer.attributeWord('modus', MODES),
    version: transfer.attribute('version'),
    senderSoftware: transfer.attribute('sendersoftware'),
    senderVersion: transfer.attribute('senderversion'),
    registrationId: transfer.attribute('regi_id'),
    sentAt,
  };
}
