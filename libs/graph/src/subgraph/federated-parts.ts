/** What every subgraph resolves alike, whoever asks it; a type of one subsidiary is resolved by its own subgraph only. */
export const SHARED_TYPES: ReadonlySet<string> = new Set([
  'Choice',
  'Document',
  'Mandate',
  'Money',
  'PageInfo',
  'Problem',
  'Process',
  'Receipt',
  'Refusal',
  'Source',
  'Step',
  'SubsidiaryStatus',
  'Viewer',
]);

/** The same for single fields: of types to which each subsidiary adds fields of its own. */
export const SHARED_FIELDS: Readonly<Record<string, ReadonlySet<string>>> = {
  Query: new Set(['me', 'viewer']),
  Customer: new Set(['id', 'name', 'hasSignIn', 'subsidiaries']),
};

/** Types that a router may enter by their key, and the key's field. */
export const ENTITY_KEYS: Readonly<Record<string, string>> = { Customer: 'id' };

/**
 * What one subsidiary's process cannot answer, because it is about all of them (processes) or served under the
 * gateway's own address (files). It stays with the gateway.
 */
export const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  Query: ['process'],
  Mutation: ['answerProcess', 'cancelProcess'],
  Customer: ['processes'],
  Process: ['result'],
  Document: ['link'],
};
