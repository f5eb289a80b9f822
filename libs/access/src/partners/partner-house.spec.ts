import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSettings, SecretVariables, SettingsError } from '#lib/config';
import { openPartnerHouse, type PartnerHouse } from './partner-house.js';
import { PartnerSettings } from './partner.settings.js';

const SECRET = 'a-secret-that-must-never-be-shown-anywhere';
const TILL = {
  clientId: 'harbour-till',
  name: 'Hafenkasse',
  subsidiary: 'HARBOUR',
  scopes: ['entitlements:check'],
  quotas: { perMinute: 60, perDay: 1000 },
  secretEnv: 'TILL_SECRET',
};
const SANDBOX = {
  contracts: [{ ...TILL, clientId: 'sandbox-till' }],
  secrets: { TILL_SECRET: SECRET },
  origin: 'http://127.0.0.1:4000',
  key: 'a-key-of-the-sandbox-that-is-no-secret',
};

describe('the house of partners', () => {
  let folder: string;
  let file: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'saaltor-partners-'));
    file = join(folder, 'contracts.json');
    writeFileSync(file, JSON.stringify([TILL]));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const open = (environment: Record<string, string>, more: object = {}): PartnerHouse => {
    const settings = loadSettings([PartnerSettings], environment);
    const variables = settings.get(SecretVariables) as SecretVariables;
    const options = { granted: {}, subsidiaries: ['HARBOUR'], sandbox: undefined, open: true, ...more };
    return openPartnerHouse(settings.get(PartnerSettings) as PartnerSettings, variables, options);
  };
  const complete = (): Record<string, string> => ({
    PARTNER_CONTRACTS: file,
    PARTNER_ORIGIN: 'https://konto.example',
    PARTNER_KEY: SECRET,
    TILL_SECRET: SECRET,
  });
  const messageOf = (environment: Record<string, string>): string => {
    try {
      open(environment);
    } catch (error) {
      expect(error).toBeInstanceOf(SettingsError);
      return (error as SettingsError).message;
    }
    throw new Error('the house opened');
  };

  it('is empty without a file of contracts', () => {
    expect(open({}).contracts).toEqual([]);
  });

  it('has the contracts of the file, with secrets from the variables they name', () => {
    const { contracts, origin } = open(complete());
    expect([contracts.map(({ clientId }) => clientId), origin]).toEqual([['harbour-till'], 'https://konto.example']);
  });

  it('prefers the file to the sandbox’s partners, whose secrets then count for nothing', () => {
    expect(open({}, { sandbox: SANDBOX }).contracts.map(({ clientId }) => clientId)).toEqual(['sandbox-till']);
    const { TILL_SECRET: _secret, ...rest } = complete();
    expect(() => open(rest, { sandbox: SANDBOX })).toThrow(/\[0\]\.secretEnv/);
  });

  it('stays empty for tools that build the program only', () => {
    expect(open({ PARTNER_CONTRACTS: 'http://127.0.0.1' }, { open: false, sandbox: SANDBOX }).contracts).toEqual([]);
  });

  it('names every variable that is missing, at once and without a value', () => {
    const message = messageOf({ PARTNER_CONTRACTS: file });
    expect(message).toMatch(/PARTNER_CONTRACTS: \[0\]\.secretEnv[\s\S]*PARTNER_ORIGIN[\s\S]*PARTNER_KEY/);
    expect(message).not.toContain('Hafenkasse');
  });

  it('names a file that cannot be read', () => {
    expect(messageOf({ ...complete(), PARTNER_CONTRACTS: join(folder, 'none.json') })).toContain('cannot be read');
  });

  it.each(['konto.example', 'https://konto.example/path', 'javascript:alert(1)'])('refuses the origin %s', (origin) => {
    expect(() => open({ ...complete(), PARTNER_ORIGIN: origin })).toThrow(/PARTNER_ORIGIN/);
  });

  it('refuses a key that can be guessed', () => {
    expect(() => open({ ...complete(), PARTNER_KEY: 'short' })).toThrow(/PARTNER_KEY/);
  });
});
