import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STEP_UP } from './auth/counter-stage.js';

const FOLDER = join(import.meta.dirname, 'queries');

/** Names of the documents in `queries`, each with its expected answer beside it. */
export const queryNames = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.slice(0, -'.graphql'.length));

export interface AskedQuery {
  readonly query: string;
  readonly persona?: string;
  readonly headers: Record<string, string>;
  readonly variables?: unknown;
}

export function answerFile(name: string): string {
  return join(FOLDER, `${name}.json`);
}

/**
 * A document with what the comment lines at its top ask for: `# persona: aylin`, `# language: en`,
 * `# variables: {"first": 3}`, and `# stepUp: true` for a customer right after a second factor.
 */
export function readAsked(name: string): AskedQuery {
  const query = readFileSync(join(FOLDER, `${name}.graphql`), 'utf8');
  const wishes = [...query.matchAll(/^# (persona|language|variables|stepUp): (.+)$/gm)].map(
    ([, key, value]) => [key, value] as const,
  );
  const { persona, language, variables, stepUp } = Object.fromEntries(wishes) as Record<string, string | undefined>;
  const headers = {
    // Mutations wait for their outcome.
    prefer: 'wait=10',
    ...(language !== undefined && { 'accept-language': language }),
    ...(stepUp !== undefined && { [STEP_UP]: '1' }),
  };
  return { query, persona, headers, variables: variables === undefined ? undefined : JSON.parse(variables) };
}

/** Those that may be asked again and again: a mutation asked once more finds what it did before. */
export const readOnlyNames = queryNames.filter((name) => !/^mutation\b/m.test(readAsked(name).query));
