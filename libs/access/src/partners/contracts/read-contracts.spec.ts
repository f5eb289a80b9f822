import { generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { HOUSE_SCOPES, type PartnerContract } from './partner-contract.js';
import { readContracts, type ContractHouse } from './read-contracts.js';

const SECRET = 'a-secret-that-must-never-be-shown-anywhere';

const HOUSE: ContractHouse = {
  scopes: { own: HOUSE_SCOPES, granted: { 'harbour.boats:read': 'Ihre Boote sehen.' } },
  subsidiaries: ['HARBOUR'],
  findSecret: (variable) => ({ GOOD_SECRET: SECRET, SHORT_SECRET: 'short' })[variable],
};

const APP = {
  clientId: 'boat-app',
  name: 'Boots-App',
  subsidiary: null,
  scopes: ['harbour.boats:read'],
  redirectUris: ['https://boats.example/callback'],
  quotas: { perMinute: 60, perDay: 1000 },
  secretEnv: 'GOOD_SECRET',
};
const TILL = {
  clientId: 'harbour-till',
  name: 'Hafenkasse',
  subsidiary: 'HARBOUR',
  scopes: ['entitlements:check'],
  quotas: { perMinute: 60, perDay: 1000 },
  jwks: { keys: [generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })] },
};

const read = (...contracts: object[]) => readContracts(JSON.stringify(contracts), HOUSE);
const mistakesIn = (change: object, contract: object = APP): readonly string[] =>
  read({ ...contract, ...change }).mistakes;

describe('contracts with partners', () => {
  it('are read with their secret or their keys, and frozen', () => {
    const { contracts, mistakes } = read(APP, TILL);
    expect(mistakes).toEqual([]);
    expect(contracts.map(({ clientId, subsidiary }) => [clientId, subsidiary])).toEqual([
      ['boat-app', null],
      ['harbour-till', 'HARBOUR'],
    ]);
    const [app, till] = contracts as [PartnerContract, PartnerContract];
    expect(app.authentication.method === 'client_secret_basic' && app.authentication.secret.reveal()).toBe(SECRET);
    expect(till.authentication).toMatchObject({ method: 'private_key_jwt', keys: [{ kty: 'OKP' }] });
    expect(() => (app.scopes as string[]).push('entitlements:check')).toThrow(TypeError);
    expect(() => Object.assign(app.quotas, { perMinute: 1 })).toThrow(TypeError);
  });

  it('never show a secret, however they are printed', () => {
    const { contracts } = read(APP);
    expect(inspect(contracts, { depth: 9, showHidden: true }) + JSON.stringify(contracts)).not.toContain(SECRET);
  });

  it('tell every mistake of every contract at once, each by its place', () => {
    const { mistakes } = read(
      { ...APP, clientId: 'No Id', scopes: ['harbour.boats:read', 'harbour.boats:sink'] },
      { ...TILL, subsidiary: 'OCEAN', quotas: { perMinute: 0, perDay: 5 } },
    );
    expect(mistakes.map((mistake) => mistake.split(': ')[0])).toEqual([
      '[0].scopes[1]',
      '[0].clientId',
      '[1].subsidiary',
      '[1].quotas.perMinute',
      '[1].subsidiary',
    ]);
  });

  it.each([
    ['two ways to authenticate', { jwks: TILL.jwks }, '[0]: must have either secretEnv or jwks'],
    ['no way to authenticate', { secretEnv: undefined }, '[0]: must have either secretEnv or jwks'],
    ['a variable that is not set', { secretEnv: 'NO_SECRET' }, '[0].secretEnv: the variable must hold at least 32'],
    [
      'a secret that can be guessed',
      { secretEnv: 'SHORT_SECRET' },
      '[0].secretEnv: the variable must hold at least 32',
    ],
    ['the secret itself', { secretEnv: SECRET }, '[0].secretEnv: must be the name of a variable'],
    ['members nobody asked for', { secret: SECRET }, '[0]: has 1 members beside'],
    ['no scope', { scopes: [] }, '[0].scopes: must name at least one'],
    ['a role that nobody knows', { role: 'Service' }, '[0].role: must be one of service, sales'],
    ['no role at all', { role: null }, '[0].role: must be one of service, sales'],
    ['markup in its name', { name: '<b>Boot</b>' }, '[0].name: must have 2 to 80'],
    [
      'fewer requests a day than a minute',
      { quotas: { perMinute: 9, perDay: 8 } },
      '[0].quotas.perDay: must not be less',
    ],
    ['no place to send customers back to', { redirectUris: [] }, '[0].redirectUris: must be given exactly where'],
    ['places on two hosts', { redirectUris: ['https://a.example/', 'https://b.example/'] }, 'must all be of one host'],
    ['a place without TLS', { redirectUris: ['http://boats.example/'] }, '[0].redirectUris[0]: must be an https'],
    ['a wildcard', { redirectUris: ['https://*.example/'] }, '[0].redirectUris[0]: must be an https'],
    ['a fragment', { redirectUris: ['https://boats.example/#a'] }, '[0].redirectUris[0]: must be an https'],
    ['a script as a place', { redirectUris: ['javascript:alert(1)'] }, '[0].redirectUris[0]: must be an https'],
  ])('are refused for %s', (_, change, mistake) => {
    const mistakes = mistakesIn(change);
    expect(mistakes.join('\n')).toContain(mistake);
    expect(mistakes.join('\n')).not.toContain(SECRET);
  });

  it('are of sales unless they say otherwise', () => {
    const { contracts } = read(APP, { ...TILL, role: 'service' });
    expect(contracts.map(({ role }) => role)).toEqual(['sales', 'service']);
  });

  it('are refused with a private key in place of the public one', () => {
    const keys = [generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })];
    expect(mistakesIn({ jwks: { keys } }, TILL)).toEqual([
      '[0].jwks.keys[0]: must be a public key of type RSA, EC or OKP',
    ]);
  });

  it('may not check entitlements for nobody', () => {
    expect(mistakesIn({ subsidiary: null }, TILL)).toEqual(['[0].subsidiary: must be given for entitlements:check']);
  });

  it('are refused where two have one id', () => {
    expect(read(APP, APP).mistakes).toEqual(['[1].clientId: is in the list already']);
  });

  it.each(['', 'no json', '{}', 'null', '[null]', '["text"]'])('are refused for the file %p', (text) => {
    expect(readContracts(text, HOUSE).mistakes.length).toBeGreaterThan(0);
  });
});
