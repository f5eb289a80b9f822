/**
 * Check digit of the German energy market (BDEW/DVGW): digits at odd places count once, those at even places twice;
 * it completes the sum to the next multiple of ten. There is no cross sum, unlike Luhn.
 */
export function weightedCheckDigit(digits: string): number {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 2), 0);
  return (10 - (sum % 10)) % 10;
}

/** Whether the last digit is the check digit of those before it. `digits` holds digits only. */
export function endsInCheckDigit(digits: string): boolean {
  return weightedCheckDigit(digits.slice(0, -1)) === Number(digits.at(-1));
}
