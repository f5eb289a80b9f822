import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APP, ORIGIN } from './partner-house.js';

/** Contracts in a file, as a house outside of the sandbox has them. */
export interface ContractsFile {
  /** Settings of the gateway without the partners' secrets. */
  readonly environment: Readonly<Record<string, string>>;
  remove(): void;
}

export function contractsFile(contracts: readonly object[]): ContractsFile {
  const folder = mkdtempSync(join(tmpdir(), 'saaltor-contracts-'));
  const file = join(folder, 'contracts.json');
  writeFileSync(file, JSON.stringify(contracts));
  const environment = {
    PARTNER_CONTRACTS: file,
    PARTNER_ORIGIN: ORIGIN,
    PARTNER_KEY: 'a-key-of-the-authorization-server-itself',
  };
  return { environment, remove: () => rmSync(folder, { recursive: true }) };
}

/** The app alone, with a quota that walking all routes does not use up: a refusal for haste would hide all others. */
export function ampleContract(): ContractsFile {
  const { id: clientId, scope, redirectUri, secret } = APP;
  const contract = {
    clientId,
    name: 'Stadtbus-App',
    subsidiary: null,
    scopes: [scope],
    redirectUris: [redirectUri],
    quotas: { perMinute: 100_000, perDay: 1_000_000 },
    secretEnv: 'APP_SECRET',
  };
  const { environment, remove } = contractsFile([contract]);
  return { environment: { ...environment, APP_SECRET: secret }, remove };
}
