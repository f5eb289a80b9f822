/** Lets a partner see which tickets a customer has. */
export const TICKETS_SCOPE = 'transit.tickets:read';

/** What customers may grant to partners here, as they read it on the consent page. */
export const transitScopes = {
  [TICKETS_SCOPE]:
    'Ihre Fahrausweise beim Jenaer Nahverkehr sehen: Tarifprodukt und Gültigkeit, nicht aber den Prüfcode.',
} as const;
