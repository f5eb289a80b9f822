/** What customers grant to partners for repair reports. */
export const REPAIRS = 'housing.repairs';

/** What customers may grant to partners here, as they read it on the consent page. */
export const housingScopes = {
  [`${REPAIRS}:write`]: 'In Ihrem Namen Schäden in Ihrer Wohnung bei jenawohnen melden.',
  [`${REPAIRS}:read`]: 'Sehen, was aus Ihren Schadensmeldungen bei jenawohnen wird.',
} as const;
