import { openPartnerHouse, PartnerSettings, type PartnerHouse } from '#lib/access';
import { SecretVariables, type Settings } from '#lib/config';
import { subsidiaries } from '#subsidiaries';
import { GatewaySettings } from './gateway.settings.js';
import { sandboxPartners } from './sandbox/sandbox-partners.js';

/** What customers may grant to partners, of all subsidiaries. */
const GRANTED: Readonly<Record<string, string>> = Object.fromEntries(
  subsidiaries.flatMap(({ partnerScopes = {} }) => Object.entries(partnerScopes)),
);

/**
 * The contracts with this gateway's partners; in sandbox mode invented ones unless a file is set.
 * @param open false for tools that build the program but never run it
 * @throws SettingsError with every mistake in the contracts
 */
export function partnerHouse(settings: Settings, open: boolean): PartnerHouse {
  const { sandboxUrl, port } = settings.get(GatewaySettings) as GatewaySettings;
  const variables = settings.get(SecretVariables) as SecretVariables;
  return openPartnerHouse(settings.get(PartnerSettings) as PartnerSettings, variables, {
    granted: GRANTED,
    subsidiaries: subsidiaries.map(({ key }) => key),
    sandbox: sandboxUrl === undefined ? undefined : sandboxPartners(`http://127.0.0.1:${port}`),
    open,
  });
}
