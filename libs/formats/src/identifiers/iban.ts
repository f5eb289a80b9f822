/** Bank account number (ISO 13616) in its electronic form, without blanks: shape, German length and ISO 7064 mod 97-10. */
export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  if (text.startsWith('DE') && !/^DE\d{20}$/.test(text)) return false;
  const rearranged = text.slice(4) + text.slice(0, 4);
  const remainder = [...rearranged].reduce((rest, character) => {
    const value = Number.parseInt(character, 36);
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }, 0);
  return remainder === 1;
}
