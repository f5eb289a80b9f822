/** What data of one subsidiary may be used for by another, each only with the customer's consent (Art. 6 (1) a GDPR). */
export const PURPOSES = ['JOINT_PORTAL', 'COUNTER_ADVICE', 'ENTITLEMENT_CHECK', 'MARKETING'] as const;

export type Purpose = (typeof PURPOSES)[number];
