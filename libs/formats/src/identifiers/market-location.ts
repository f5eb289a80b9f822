import { endsInCheckDigit } from './check-digit.js';

/** Number of a market location (Marktlokation, MaLo): 11 digits, the last one a check digit (BDEW, DVGW). */
export function isMarketLocation(text: string): boolean {
  return /^[1-9]\d{10}$/.test(text) && endsInCheckDigit(text);
}

/** Designation of a metering location (Messlokation, MeLo): `DE`, 11 digits, 20 characters. It has no check digit. */
export function isMeteringLocation(text: string): boolean {
  return /^DE\d{11}[A-Z0-9]{20}$/.test(text);
}

/** Code number of a market partner (BDEW 99…, DVGW 98…). Some genuine ones fail the check: warn, do not refuse. */
export function isMarketPartnerCode(text: string): boolean {
  return /^9[89]\d{11}$/.test(text) && endsInCheckDigit(text);
}
