/** Journey information by VDV 431-2 (TRIAS 1.1 and 1.2) and CEN/TS 17118 (OJP 1.0 and 2.0), both built on SIRI. */
export const OJP_NAMESPACE = 'http://www.vdv.de/ojp';
const TRIAS_NAMESPACE = 'http://www.vdv.de/trias';
/** Before 1.1 the namespace of TRIAS was this word, and some systems keep to it. */
const EARLY_TRIAS_NAMESPACE = 'trias';
export const SIRI_NAMESPACE = 'http://www.siri.org.uk/siri';

const KNOWN: ReadonlySet<string | null> = new Set([
  OJP_NAMESPACE,
  TRIAS_NAMESPACE,
  EARLY_TRIAS_NAMESPACE,
  SIRI_NAMESPACE,
]);

/**
 * Versions put the same element into different ones of these namespaces, so they count as one. Elements of other
 * namespaces are an operator's own.
 */
export function isOjpNamespace(namespace: string | null): boolean {
  return KNOWN.has(namespace);
}

/** Whether a message whose outermost element is in that namespace is one of TRIAS. */
export function isTriasNamespace(namespace: string | null): boolean {
  return namespace === TRIAS_NAMESPACE || namespace === EARLY_TRIAS_NAMESPACE;
}
