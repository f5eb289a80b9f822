/**
 * Whether the text is an IBAN as SAP checks one: country, two check digits, remainder 1 modulo 97 (ISO 13616), and the
 * length of German ones. Blanks are not taken.
 */
export function isValidIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(text) || (text.startsWith('DE') && text.length !== 22)) return false;
  const digits = [...`${text.slice(4)}${text.slice(0, 4)}`].map((sign) => Number.parseInt(sign, 36)).join('');
  return BigInt(digits) % 97n === 1n;
}

/** Bank and account number inside a German IBAN; empty for any other, whose parts only their own country knows. */
export function partsOfIban(iban: string): { readonly bankId: string; readonly accountNo: string } {
  const [, bankId = '', accountNo = ''] = /^DE\d{2}(\d{8})(\d{10})$/.exec(iban) ?? [];
  return { bankId, accountNo };
}
