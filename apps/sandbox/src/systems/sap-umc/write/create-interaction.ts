import type { Household } from '../../../world/household.js';
import type { Backend } from '../books/backend.js';
import { interactionIdOf } from '../books/derived-numbers.js';
import type { Shelf } from '../books/shelf.js';
import { badRequest, businessError, SapError } from '../sap-error.js';
import type { Payload } from './payload.js';

/** Contacts of one household that numbers are left for. */
const MOST = 900;

/**
 * Notes a contact with a business partner. Nothing tells two equal ones apart: sent twice, it is there twice.
 * @returns the number of the record
 * @throws SapError 400 without a business partner or description, for a reason, category or channel that is not there
 */
export function createInteraction(
  { world, ledger }: Backend,
  household: Household | undefined,
  shelf: Shelf,
  { values, inside }: Payload,
): string {
  if (inside.size > 0) throw badRequest('Deep Insert ist nicht erlaubt');
  const text = (name: string): string => String(values.get(name) ?? '');
  const accountId = household?.energy?.accountId;
  if (household === undefined || accountId === undefined || text('Description').trim() === '') {
    const message = 'Füllen Sie alle Mussfelder aus: Geschäftspartner, Beschreibung';
    throw businessError([{ code: 'CRM_IU_UMC_ODATA/081', message }]);
  }
  requireKnown(shelf, 'InteractionRecordReason', 'InteractionRecordReasonID', text('InteractionRecordReasonID'));
  requireKnown(shelf, 'Channel', 'ChannelID', text('ChannelID'));
  const categoryGuid = text('InteractionRecordCategory1GUID');
  requireKnown(shelf, 'InteractionRecordCategory', 'InteractionRecordCategoryGUID', categoryGuid);
  const earlier = ledger.interactionsOf(accountId).length;
  if (earlier >= MOST) {
    throw new SapError(500, '/IWFND/CM_BEC/026', 'Im Backend-System ist eine nicht abgefangene Ausnahme aufgetreten');
  }
  const recordId = interactionIdOf(household.number, 10 + earlier);
  ledger.book({
    kind: 'interaction-record',
    household: household.number,
    accountId,
    recordId,
    description: text('Description'),
    note: text('Note'),
    reasonId: text('InteractionRecordReasonID'),
    categoryGuid,
    channelId: text('ChannelID'),
    incoming: values.get('IncomingFlag') === true,
    dateFrom: text('DateFrom') || new Date(world.now()).toISOString().slice(0, 19),
    at: world.now(),
  });
  return recordId;
}

/** Empty is allowed: customising fills in what is missing. */
function requireKnown(shelf: Shelf, type: string, key: string, value: string): void {
  if (value === '' || shelf.all(type).some((row) => row[key] === value)) return;
  throw businessError([{ code: 'CRM_IU_UMC_ODATA/085', message: `${type} ${value} ist nicht vorgesehen` }]);
}
