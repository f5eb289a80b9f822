/**
 * A text key as it stands between the parentheses of an address, e.g. `'0000104711'`. Quotes are doubled (OData v2) and
 * everything that could end the literal, the segment or the path is percent-encoded, so no value can change the request.
 */
export function odataKey(value: string): string {
  // A lone surrogate has no UTF-8 form; encodeURIComponent would throw on it.
  const wellFormed = value.replace(/\p{Surrogate}/gu, '\u{fffd}');
  return `'${encodeURIComponent(wellFormed).replaceAll("'", '%27%27')}'`;
}
