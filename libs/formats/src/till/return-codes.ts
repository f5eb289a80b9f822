/** What a return code of the till asks of the caller. */
type TillVerdict = 'done' | 'unavailable' | 'rejected';

interface TillReturnCode {
  /** In English, for developers. */
  readonly meaning: string;
  readonly verdict: TillVerdict;
}

/**
 * Return codes of unTill TPAPI-POS. The HTTP status is always 200, so these decide. `unavailable` may work later;
 * `rejected` will not work however often it is tried.
 */
const RETURN_CODES: Readonly<Record<number, TillReturnCode>> = {
  0: { meaning: 'done', verdict: 'done' },
  1: { meaning: 'internal error of the till server', verdict: 'unavailable' },
  // Trying wrong credentials again and again can lock the account that all pools use.
  2: { meaning: 'credentials refused', verdict: 'rejected' },
  3: { meaning: 'illegal argument', verdict: 'rejected' },
  4: { meaning: 'database not available', verdict: 'unavailable' },
  5: { meaning: 'interface disabled', verdict: 'unavailable' },
  6: { meaning: 'interface not covered by the licence', verdict: 'rejected' },
  7: { meaning: 'request cannot be processed', verdict: 'rejected' },
};

/** A code that the interface does not define counts as rejected: nothing says that another try would help. */
export function tillReturnCode(code: number): TillReturnCode {
  return RETURN_CODES[code] ?? { meaning: 'undefined return code', verdict: 'rejected' };
}
