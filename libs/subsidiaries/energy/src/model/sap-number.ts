/**
 * Whether two numbers of SAP mean the same object. SAP stores them with leading zeros and shows them without
 * (conversion exit ALPHA); CRM and ERP services differ in which form they send.
 */
export function sameNumber(left: string, right: string): boolean {
  return left === right || shownNumber(left) === shownNumber(right);
}

/** The number as SAP shows it: one text for all ways to write it. */
export function shownNumber(number: string): string {
  return /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, '') : number;
}
