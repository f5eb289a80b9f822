// What the graph's answers are made of.

export const idOf = (type, key) => Buffer.from(`${type}:${key}`, 'utf8').toString('base64url');

/** A decimal with exactly so many places; the systems here send at most zeros beyond them. */
export function decimal(text, scale = 2) {
  const [whole, fraction = ''] = String(text).split('.');
  const digits = fraction.slice(0, scale).padEnd(scale, '0');
  return scale === 0 ? whole : `${whole}.${digits}`;
}

export const amount = (text) => ({ amount: decimal(text) });
export const amountIn = (text, currency) => ({ amount: decimal(text), currency: currency || 'EUR' });
