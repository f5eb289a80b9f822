import { CONSUMPTION_SCOPE, LOCATIONS_SCOPE, READINGS_SCOPE } from '../model/labels.js';

/** What customers grant to partners for meter readings: with `:write` they submit them, with `:read` they see them. */
export const READINGS_GRANT = 'energy.readings';
export const READINGS_WRITE_SCOPE = `${READINGS_GRANT}:write`;
export const CONTRACTS_SCOPE = 'energy.contracts:read';
export const INSTALMENTS_SCOPE = 'energy.instalments:read';

/** What customers may grant to partners here, as they read it on the consent page. */
export const energyScopes = {
  [CONTRACTS_SCOPE]:
    'Ihre Verträge bei den Stadtwerken Energie sehen: Tarif, Lieferstelle, Laufzeit und Kündigungsfrist.',
  [INSTALMENTS_SCOPE]: 'Die Höhe Ihrer Abschläge bei den Stadtwerken Energie sehen.',
  [LOCATIONS_SCOPE]:
    'Die Nummern Ihrer Markt- und Messlokationen sehen, mit denen Ihr Anschluss im Netz geführt wird. Nicht für Partner, die Ihnen Energie verkaufen.',
  [READINGS_SCOPE]:
    'Ihre Zähler und Zählerstände sehen und was aus gemeldeten Zählerständen wird. Nicht für Partner, die Ihnen Energie verkaufen.',
  [READINGS_WRITE_SCOPE]:
    'In Ihrem Namen Zählerstände melden. Gilt nur zusammen mit dem Recht, Ihre Zähler und Zählerstände zu sehen.',
  [CONSUMPTION_SCOPE]:
    'Ihren Verbrauch an Strom, Gas, Wasser und Wärme nach Monaten und Tagen sehen. Nicht für Partner, die Ihnen Energie verkaufen.',
} as const;
