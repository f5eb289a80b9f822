/** Adds decimal texts exactly; the sum has two decimals. Amounts have at most two. */
export function sumOfAmounts(amounts: readonly string[]): string {
  return textOf(
    amounts.reduce((sum, amount) => sum + units(amount, 2), 0n),
    2,
  );
}

/** The same value with that many decimals, as SAP writes it: `49.9` with scale 4 is `49.9000`. Never rounds up. */
export function withScale(amount: string, scale: number): string {
  return textOf(units(amount, scale), scale);
}

/** Negative, 0 or positive like a minus b, whatever their scales. */
export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(decimals(a), decimals(b));
  const difference = units(a, scale) - units(b, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function decimals(text: string): number {
  return (text.split('.')[1] ?? '').length;
}

function units(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(`${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
}

function textOf(value: bigint, scale: number): string {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return value < 0n ? `-${text}` : text;
}
