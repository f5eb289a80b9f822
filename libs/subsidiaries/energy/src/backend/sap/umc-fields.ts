import { decimalField, malformed, type WireObject } from '#lib/formats';
import { money, type Money } from '#lib/kernel';
import { sameNumber } from '../../model/sap-number.js';

/** The key of an entity: printable ASCII without blanks, leading zeros kept. Lengths as in SAP's metadata. */
export function numberField(wire: WireObject, name: string, longest: number): string {
  const text = wire.text(name, longest);
  if (!/^[\x21-\x7e]+$/.test(text)) throw malformed(wire.at(name), 'is not a number of SAP');
  return text;
}

/** An amount of money in the currency of the field `Currency`, which SAP leaves empty for the house's own: euro. */
export function moneyField(wire: WireObject, name: string): Money {
  const currency = wire.optionalText('Currency', 5) ?? 'EUR';
  if (!/^[A-Z]{3}$/.test(currency)) throw malformed(wire.at('Currency'), 'is not a currency of ISO 4217');
  return money(decimalField(wire, name), currency);
}

/** Guards against rows of another customer: whatever the system answers, they never get past here. */
export function expectAccount(wire: WireObject, account: string): void {
  if (!sameNumber(wire.text('AccountID', 10), account)) throw malformed(wire.at('AccountID'), 'is another account');
}

const UNITS: Readonly<Record<string, string>> = { KWH: 'kWh', MWH: 'MWh', M3: 'm³' };

/** SAP's unit of three letters as people write it; others as they come. */
export function unitOf(unit: string): string {
  return Object.hasOwn(UNITS, unit) ? UNITS[unit]! : unit;
}
