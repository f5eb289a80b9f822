import { readFileSync } from 'node:fs';
import { SettingsError, type SecretVariables } from '#lib/config';
import { HOUSE_SCOPES, type PartnerContract, type PartnerScopes } from './contracts/partner-contract.js';
import { readContracts } from './contracts/read-contracts.js';
import type { PartnerSettings } from './partner.settings.js';

/** Contracts and keys of a house that runs on its imitations; its secrets protect nothing else. */
export interface SandboxPartners {
  /** As in the file of contracts. */
  readonly contracts: object;
  /** Values of the variables that the contracts name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly origin: string;
  readonly key: string;
}

/** What a program tells of itself to have partners. */
export interface PartnerOptions {
  /** What customers may grant to partners: scope → German sentence. */
  readonly granted: PartnerScopes['granted'];
  /** Keys of the installed subsidiaries. */
  readonly subsidiaries: readonly string[];
  /** Counts where no file of contracts is set; undefined outside the sandbox. */
  readonly sandbox: SandboxPartners | undefined;
  /** False for tools that build the program but never run it: then there are no partners. */
  readonly open: boolean;
}

/** All that is agreed with partners, and under which address and key the authorization server stands. */
export interface PartnerHouse {
  readonly contracts: readonly PartnerContract[];
  readonly scopes: PartnerScopes;
  readonly origin: string | undefined;
  readonly key: string | undefined;
}

/**
 * Reads the contracts.
 * @throws SettingsError with every mistake by its place, never with a value
 */
export function openPartnerHouse(
  settings: PartnerSettings,
  variables: SecretVariables,
  { granted, subsidiaries, sandbox, open }: PartnerOptions,
): PartnerHouse {
  const scopes = { own: HOUSE_SCOPES, granted };
  const { origin = sandbox?.origin, key = sandbox?.key } = settings;
  const text = open ? textOf(settings, sandbox) : undefined;
  if (text === undefined) return { contracts: [], scopes, origin, key };
  const findSecret = (variable: string): string | undefined =>
    settings.contractsFile === undefined ? sandbox?.secrets[variable] : variables.find(variable);
  const { contracts, mistakes } = readContracts(text, { scopes, subsidiaries, findSecret });
  const problems = [
    ...(mistakes.length > 0 ? [{ variable: 'PARTNER_CONTRACTS', reasons: mistakes }] : []),
    ...missing('PARTNER_ORIGIN', origin),
    ...missing('PARTNER_KEY', key),
  ];
  if (problems.length > 0) throw new SettingsError(problems);
  return { contracts, scopes, origin, key };
}

function textOf({ contractsFile }: PartnerSettings, sandbox: SandboxPartners | undefined): string | undefined {
  if (contractsFile === undefined) return sandbox && JSON.stringify(sandbox.contracts);
  try {
    return readFileSync(contractsFile, 'utf8');
  } catch {
    throw new SettingsError([{ variable: 'PARTNER_CONTRACTS', reasons: ['names a file that cannot be read'] }]);
  }
}

function missing(variable: string, value: string | undefined) {
  return value === undefined ? [{ variable, reasons: ['is needed where there are contracts with partners'] }] : [];
}
