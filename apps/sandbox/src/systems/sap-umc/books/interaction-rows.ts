import type { EnergyBooks, Household } from '../../../world/household.js';
import type { BookedInteraction } from './agent-entries.js';
import { midnight } from './dates.js';
import { interactionIdOf } from './derived-numbers.js';
import type { Row } from './row.js';

/** Contacts of every household that were noted before anyone could watch. */
const EARLIER: readonly Row[] = [
  {
    Description: 'Begrüßung',
    Note: 'Willkommensschreiben verschickt.',
    InteractionRecordReasonID: 'A1-VERTRAG0-VT01',
    ChannelID: 'LET',
    IncomingFlag: false,
    Direction: '1',
    DocumentStatusID: 'E0003',
  },
];

/** Every contact with a household: the first on the first day of supply, then what agents noted. */
export function interactionRows(
  { number }: Household,
  { accountId, contracts }: EnergyBooks,
  noted: readonly BookedInteraction[],
): Row[] {
  const first = contracts.map(({ from }) => from).toSorted()[0];
  const common = { AccountID: accountId, Priority: '5' };
  const earlier = first === undefined ? [] : EARLIER;
  return [
    ...earlier.map((row, index) => ({
      ...common,
      ...row,
      InteractionRecordID: interactionIdOf(number, index),
      DateFrom: midnight(first ?? ''),
    })),
    ...noted.map((contact) => ({ ...common, ...notedRow(contact) })),
  ];
}

/** Open, as everything that comes by this service: somebody closes it in the system itself. */
function notedRow(contact: BookedInteraction): Row {
  const { recordId, description, note, reasonId, categoryGuid, channelId, incoming, dateFrom } = contact;
  const category = INTERACTION_CATEGORIES.find((row) => row['InteractionRecordCategoryGUID'] === categoryGuid);
  return {
    InteractionRecordID: recordId,
    Description: description,
    Note: note,
    InteractionRecordReasonID: reasonId,
    InteractionRecordCategory1: category?.['Description'] ?? '',
    InteractionRecordCategory1GUID: categoryGuid === '' ? null : categoryGuid,
    ChannelID: channelId,
    IncomingFlag: incoming,
    Direction: incoming ? '0' : '1',
    DateFrom: dateFrom,
    DocumentStatusID: 'E0001',
  };
}

/** GUIDs of 22 characters, as SAP shortens them. */
export const INTERACTION_CATEGORIES: readonly Row[] = [
  ['0001aQzK7jY5VbN2mXw{rL', 'Abrechnung', ''],
  ['0001aQzK7jY5VbN2mXw{rM', 'Abschlag', '0001aQzK7jY5VbN2mXw{rL'],
  ['0001aQzK7jY5VbN2mXw{rN', 'Zähler und Ablesung', ''],
  ['0001aQzK7jY5VbN2mXw{rO', 'Vertrag', ''],
].map(([guid = '', description = '', parent = '']) => ({
  InteractionRecordCategoryGUID: guid,
  Description: description,
  InteractionRecordCategoryParentGUID: parent,
}));
