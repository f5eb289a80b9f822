import type { FormattedExecutionResult } from 'graphql';

/**
 * The answer as it is given again. What was live then comes from memory now, and nobody waits for it; `asOf` tells as
 * before how old each part is.
 */
export function sourcesOfReuse(result: FormattedExecutionResult): FormattedExecutionResult {
  const sources = result.extensions?.['sources'] as readonly object[] | undefined;
  if (sources === undefined) return result;
  const cached = sources.map((source) => ({ ...source, state: 'CACHED', milliseconds: 0 }));
  return { ...result, extensions: { ...result.extensions, sources: cached } };
}
