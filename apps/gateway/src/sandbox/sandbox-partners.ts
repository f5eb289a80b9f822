import type { SandboxPartners } from '#lib/access';

/** Invented partners of the sandbox. Their secrets protect nothing but imitations, and are told to everybody. */
const CONTRACTS = [
  {
    clientId: 'stadtbus-app',
    name: 'Stadtbus-App (erfunden)',
    subsidiary: null,
    scopes: ['transit.tickets:read'],
    redirectUris: ['http://127.0.0.1:4500/callback'],
    quotas: { perMinute: 60, perDay: 5_000 },
    secretEnv: 'SANDBOX_STADTBUS_SECRET',
  },
  {
    clientId: 'caretaker-app',
    name: 'Hausmeister-App (erfunden)',
    subsidiary: null,
    scopes: ['housing.repairs:write', 'housing.repairs:read'],
    redirectUris: ['http://127.0.0.1:4501/callback'],
    quotas: { perMinute: 60, perDay: 5_000 },
    secretEnv: 'SANDBOX_CARETAKER_SECRET',
  },
  {
    clientId: 'energy-adviser',
    name: 'Energieberatung Saale (erfunden)',
    subsidiary: null,
    role: 'service',
    scopes: [
      'energy.contracts:read',
      'energy.instalments:read',
      'energy.locations:read',
      'energy.readings:read',
      'energy.readings:write',
      'energy.consumption:read',
    ],
    redirectUris: ['http://127.0.0.1:4502/callback'],
    quotas: { perMinute: 120, perDay: 10_000 },
    secretEnv: 'SANDBOX_ADVISER_SECRET',
  },
  {
    clientId: 'tariff-broker',
    name: 'Tarifwechsel-App (erfunden)',
    subsidiary: null,
    role: 'sales',
    scopes: [
      'energy.contracts:read',
      'energy.locations:read',
      'energy.readings:read',
      'energy.readings:write',
      'energy.consumption:read',
    ],
    redirectUris: ['http://127.0.0.1:4503/callback'],
    quotas: { perMinute: 60, perDay: 5_000 },
    secretEnv: 'SANDBOX_BROKER_SECRET',
  },
  {
    clientId: 'pools-till',
    name: 'Kasse der Bäder (erfunden)',
    subsidiary: 'POOLS',
    scopes: ['entitlements:check'],
    quotas: { perMinute: 120, perDay: 20_000 },
    secretEnv: 'SANDBOX_TILL_SECRET',
  },
];

const SECRETS = {
  SANDBOX_STADTBUS_SECRET: 'sandbox-secret-of-the-stadtbus-app-0001',
  SANDBOX_CARETAKER_SECRET: 'sandbox-secret-of-the-caretaker-app-0004',
  SANDBOX_ADVISER_SECRET: 'sandbox-secret-of-the-energy-adviser-0005',
  SANDBOX_BROKER_SECRET: 'sandbox-secret-of-the-tariff-broker-00006',
  SANDBOX_TILL_SECRET: 'sandbox-secret-of-the-till-of-pools-0002',
};

/** @param origin where browsers reach the gateway */
export function sandboxPartners(origin: string): SandboxPartners {
  return { contracts: CONTRACTS, secrets: SECRETS, origin, key: 'sandbox-key-that-is-no-secret-at-all-0003' };
}
