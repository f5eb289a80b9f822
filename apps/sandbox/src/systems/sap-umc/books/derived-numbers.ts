/**
 * Numbers that SAP gives to its own objects. Each is made from the contract's, so that it leads back to it without
 * any table.
 */

/** Equipment number of a contract's meter: 18 digits, with leading zeros. */
export function deviceIdOf(contractId: string): string {
  return `0000000${contractId}1`;
}

/** Internal GUID of a point of delivery: 22 characters, some of which a URI must encode. */
export function pointOfDeliveryIdOf(contractId: string): string {
  return `{XJ{7k${contractId}OY5W4{`;
}

/** Number of the profile of one register: 18 digits. */
export function profileHeaderIdOf(contractId: string, register: number): string {
  return `0000000${contractId}${register}`;
}

/** Running number of one reading of one register. */
export function meterReadingIdOf(contractId: string, register: number, sequence: number): string {
  return `${contractId}${register}${String(sequence).padStart(2, '0')}`;
}

/** Running number of a reading that was handed in; never one of {@link meterReadingIdOf}. */
export function bookedReadingIdOf(contractId: string, registerId: string, sequence: number): string {
  return `${contractId}${Number(registerId)}9${String(sequence).padStart(6, '0')}`;
}

/** GUID of the order by which a contract came about. */
export function contractSaleGuidOf(contractId: string): string {
  return `000D3AB0-1648-1EDA-ADAC-EA${contractId}`;
}

const CONTRACT_INSIDE = [
  { property: 'ContractHeaderGUID', shape: /^000D3AB0-1648-1EDA-ADAC-EA(\d{10})$/ },
  { property: 'DeviceID', shape: /^0{7}(\d{10})1$/ },
  { property: 'PointOfDeliveryID', shape: /^\{XJ\{7k(\d{10})OY5W4\{$/ },
  { property: 'MeterReadingResultID', shape: /^(\d{10})\d{3,8}$/ },
  { property: 'InvoiceID', shape: /^(\d{10})\d{4}$/ },
] as const;

/** The contract to which a number of that kind belongs; undefined for other kinds and for numbers never given. */
export function contractIdIn(property: string, value: string): string | undefined {
  return CONTRACT_INSIDE.find((number) => number.property === property)?.shape.exec(value)?.[1];
}

/** Number of a contact with a household: 10 digits, `sequence` below 1,000. */
export function interactionIdOf(household: number, sequence: number): string {
  return `9${String(household).padStart(6, '0')}${String(sequence).padStart(3, '0')}`;
}

/** The household in a number of {@link interactionIdOf}; undefined for any other text. */
export function householdOfInteraction(recordId: string): number | undefined {
  const digits = /^9(\d{6})\d{3}$/.exec(recordId)?.[1];
  return digits === undefined ? undefined : Number(digits);
}
