/** Injection token: keys of the installed subsidiaries in the order of their list. */
export const SUBSIDIARY_KEYS = Symbol('SubsidiaryKeys');
