/** Whole cents as euros with two decimals: 4990 becomes `49.90`, -5 becomes `-0.05`. */
export function euros(inCents: number): string {
  const digits = String(Math.abs(inCents)).padStart(3, '0');
  return `${inCents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The cents of an amount written by {@link euros}. */
export function cents(amount: string): number {
  return Number(amount.replace('.', ''));
}
