import { SettingsError, type SecretVariables } from '#lib/config';
import { ClientSecret, type Channel } from './channel.js';

const VARIABLE = 'CHANNELS';
const NAME = /^[a-z][a-z0-9-]{0,39}$/;
/** Browsers treat these hosts as secure without TLS. */
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|[a-z0-9-]+\.localhost)$/;
const MEMBERS = new Set(['name', 'origin', 'audience', 'clientId', 'clientSecret', 'clientSecretEnv']);

/**
 * The channels of the setting.
 * @throws SettingsError with every mistake and its place, never a value
 */
export function readChannels(text: string, variables: SecretVariables): readonly Channel[] {
  const mistakes: string[] = [];
  const channels = entriesOf(text, mistakes).flatMap((entry, index) => {
    const tell = (reason: string): void => void mistakes.push(`[${index}]${reason}`);
    return readChannel(entry, variables, tell) ?? [];
  });
  for (const member of ['name', 'origin'] as const) {
    const values = channels.map((channel) => channel[member]);
    if (new Set(values).size < values.length) mistakes.push(`two channels have the same ${member}`);
  }
  if (mistakes.length > 0) throw new SettingsError([{ variable: VARIABLE, reasons: mistakes }]);
  return Object.freeze(channels.map((channel) => Object.freeze(channel)));
}

function entriesOf(text: string, mistakes: string[]): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed as unknown[];
  } catch {
    // Told below; the parser's own message would quote the text.
  }
  mistakes.push('is not a JSON list');
  return [];
}

function readChannel(entry: unknown, variables: SecretVariables, tell: (reason: string) => void): Channel | undefined {
  if (typeof entry !== 'object' || entry === null) return void tell(' is not an object');
  const members = entry as Record<string, unknown>;
  for (const member of Object.keys(members)) if (!MEMBERS.has(member)) tell(' has a member that is unknown');
  const { name, origin, audience, clientId } = members;
  const secret = secretOf(members, variables, tell);
  if (typeof name !== 'string' || !NAME.test(name)) return void tell('.name must be lower-case letters, digits and -');
  if (typeof origin !== 'string' || !isChannelOrigin(origin))
    return void tell('.origin must be an https origin (http for this machine only) without a path');
  if (audience !== 'customer' && audience !== 'agent') return void tell('.audience must be customer or agent');
  if (typeof clientId !== 'string' || clientId === '') return void tell('.clientId is missing');
  return secret === undefined
    ? undefined
    : { name, origin, audience, clientId, clientSecret: new ClientSecret(secret) };
}

function secretOf(
  { clientSecret, clientSecretEnv }: Record<string, unknown>,
  variables: SecretVariables,
  tell: (reason: string) => void,
): string | undefined {
  if (clientSecret !== undefined && clientSecretEnv !== undefined)
    return void tell(' has both clientSecret and clientSecretEnv');
  const found = typeof clientSecretEnv === 'string' ? variables.find(clientSecretEnv) : clientSecret;
  if (typeof found === 'string' && found !== '') return found;
  return void tell(
    clientSecretEnv === undefined ? '.clientSecret is missing' : '.clientSecretEnv names no variable that is set',
  );
}

/** Exactly as a browser writes it in `Origin`. */
export function isChannelOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.origin !== text) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}
