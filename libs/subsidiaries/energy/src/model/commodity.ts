/** What is supplied. OTHER: divisions that the house does not sell to customers as energy or water. */
export const COMMODITIES = ['POWER', 'GAS', 'WATER', 'DISTRICT_HEATING', 'OTHER'] as const;

export type Commodity = (typeof COMMODITIES)[number];

/** SAP IS-U divisions (Sparten). 01 to 03 are SAP's delivery; 07 is this house's own customising for district heating. */
const BY_DIVISION: Readonly<Record<string, Commodity>> = {
  '01': 'POWER',
  '02': 'GAS',
  '03': 'WATER',
  '07': 'DISTRICT_HEATING',
};

/** The commodity of a two-digit SAP division. */
export function commodityOf(division: string): Commodity {
  return Object.hasOwn(BY_DIVISION, division) ? BY_DIVISION[division]! : 'OTHER';
}

/** The two-digit SAP division of a commodity; undefined for OTHER, which stands for several. */
export function divisionOf(commodity: Commodity): string | undefined {
  return Object.keys(BY_DIVISION).find((division) => BY_DIVISION[division] === commodity);
}
