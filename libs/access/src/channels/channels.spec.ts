import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { loadSettings, SecretVariables, SettingsError } from '#lib/config';
import { ClientSecret, type Channel } from './channel.js';
import { ChannelSettings } from './channel.settings.js';
import { Channels, type OriginOfRequest } from './channels.js';
import { DevelopmentChannels } from './development-channels.js';

const PORTAL = {
  name: 'portal',
  origin: 'https://portal.example',
  audience: 'customer',
  clientId: 'p',
  clientSecret: 'canary',
};
const COUNTER = { ...PORTAL, name: 'counter', origin: 'https://counter.example:8443', audience: 'agent' };
const KEY = Buffer.alloc(32).toString('base64');

function channelsOf(list: unknown, environment: Record<string, string> = { SESSION_KEY: KEY }): Channels {
  const text = typeof list === 'string' ? list : JSON.stringify(list);
  const loaded = loadSettings([ChannelSettings], { CHANNELS: text, ...environment });
  const variables = loaded.get(SecretVariables) as SecretVariables;
  return new Channels(loaded.get(ChannelSettings) as ChannelSettings, variables);
}

function mistakes(list: unknown, environment?: Record<string, string>): readonly string[] {
  try {
    channelsOf(list, environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError)
      return error.problems.flatMap(({ variable, reasons }) => [variable, ...reasons]);
    throw error;
  }
}

describe('the channels of the setting', () => {
  it('hold their secret, or name the variable that does', () => {
    const byName = { ...COUNTER, clientSecret: undefined, clientSecretEnv: 'COUNTER_SECRET' };
    const channels = channelsOf([PORTAL, byName], { SESSION_KEY: KEY, COUNTER_SECRET: 'other' });
    expect(channels.list().map(({ clientSecret }) => clientSecret.reveal())).toEqual(['canary', 'other']);
  });

  it('never print it', () => {
    const channels = channelsOf([PORTAL]);
    expect(inspect(channels.list(), { depth: 9, showHidden: true }) + JSON.stringify(channels.list())).not.toContain(
      'canary',
    );
  });

  it.each([
    ['no JSON', 'canary', 'is not a JSON list'],
    ['no list', {}, 'is not a JSON list'],
    ['an entry that is no object', ['x'], '[0] is not an object'],
    ['a missing name', [{ ...PORTAL, name: '' }], '[0].name must be lower-case letters, digits and -'],
    ['an unknown audience', [{ ...PORTAL, audience: 'all' }], '[0].audience must be customer or agent'],
    ['a member that nobody knows', [{ ...PORTAL, canary: 1 }], '[0] has a member that is unknown'],
    ['no secret', [{ ...PORTAL, clientSecret: undefined }], '[0].clientSecret is missing'],
    ['two secrets', [{ ...PORTAL, clientSecretEnv: 'X' }], '[0] has both clientSecret and clientSecretEnv'],
    [
      'a variable that is not set',
      [{ ...PORTAL, clientSecret: undefined, clientSecretEnv: 'X' }],
      '[0].clientSecretEnv names no variable that is set',
    ],
    ['one origin twice', [PORTAL, { ...COUNTER, origin: PORTAL.origin }], 'two channels have the same origin'],
    ['one name twice', [PORTAL, { ...COUNTER, name: 'portal' }], 'two channels have the same name'],
  ])('%s is told with its place, and without values', (_what, list, reason) => {
    const told = mistakes(list);
    expect(told).toContain(reason);
    expect(told.join()).not.toContain('canary');
  });

  it.each([
    'http://portal.example',
    'https://portal.example/',
    'https://Portal.example',
    'https://a:b@c',
    'portal',
    '*',
  ])('the origin %s is refused', (origin) => {
    expect(mistakes([{ ...PORTAL, origin }])[1]).toMatch(/^\[0\]\.origin must be/);
  });

  it('need a key for their sessions', () => {
    expect(mistakes([PORTAL], {})).toEqual(['SESSION_KEY', 'is needed where there are CHANNELS']);
    expect(mistakes([], {})).toEqual([]);
  });

  it.each(['proxy.example', '10.0.0.0/33', '300.1.1.1', '::1/129', '1.2.3.4/'])('no proxy is %s', (proxy) => {
    expect(mistakes([], { TRUSTED_PROXIES: proxy })[0]).toBe('TRUSTED_PROXIES');
  });

  it('proxies are addresses and networks', () => {
    expect(mistakes([], { TRUSTED_PROXIES: '10.0.0.0/8, ::1,192.168.1.1' })).toEqual([]);
  });
});

describe('the channel of a request', () => {
  const channels = channelsOf([PORTAL, COUNTER]);
  const nameOf = (request: OriginOfRequest): string | undefined => channels.of(request)?.name;

  it.each([
    ['https', 'portal.example', 'portal'],
    ['https', 'portal.example:443', 'portal'],
    ['https', 'PORTAL.example', 'portal'],
    ['https', 'counter.example:8443', 'counter'],
    ['http', 'portal.example', undefined],
    ['https', 'counter.example', undefined],
    ['https', 'evil.example', undefined],
    ['https', 'portal.example.evil.example', undefined],
    ['https', 'evil@portal.example', undefined],
    ['https', 'portal.example/x', undefined],
    ['https', '', undefined],
    [undefined, 'portal.example', undefined],
    ['https', undefined, undefined],
  ])('%s and %s: %s', (protocol, host, name) => {
    expect(nameOf({ protocol, host })).toBe(name);
  });

  it('is one of the development only where none are configured', () => {
    class Local extends DevelopmentChannels {
      list(): readonly Channel[] {
        const clientSecret = new ClientSecret('x');
        return [{ name: 'local', origin: 'http://localhost:4000', audience: 'customer', clientId: 'l', clientSecret }];
      }
      register(): Promise<void> {
        return Promise.resolve();
      }
    }
    const settings = (list: unknown[]): ChannelSettings => ({ channels: JSON.stringify(list), trustedProxies: [] });
    const names = (list: unknown[]): string[] =>
      new Channels(settings(list), new SecretVariables(), new Local()).list().map(({ name }) => name);
    expect([names([]), names([PORTAL])]).toEqual([['local'], ['portal']]);
  });
});
