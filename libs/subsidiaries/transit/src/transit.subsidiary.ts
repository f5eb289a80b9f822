import type { Subsidiary } from '#lib/subsidiary-kit';
import { departuresBench } from './bench/departures.bench.js';
import { PauseSubscription } from './commands/pause-subscription.js';
import { transitReaders } from './format-readers.js';
import { fareSubscriptionLabels } from './model/fare-subscription.js';
import { TRANSIT_KEY } from './operations.js';
import { transitScopes } from './partner/partner-scopes.js';
import { TransitLinkProof } from './transit.link-proof.js';
import { TransitModule } from './transit.module.js';
import { TransitSettings } from './transit.settings.js';

/** Jenaer Nahverkehr: trams, buses and their fare subscriptions. */
export const transit: Subsidiary = {
  key: TRANSIT_KEY,
  title: 'Jenaer Nahverkehr',
  module: TransitModule,
  settings: TransitSettings,
  readers: transitReaders,
  benches: [departuresBench],
  linkProof: TransitLinkProof,
  partnerScopes: transitScopes,
  commands: [PauseSubscription],
  labels: { FareSubscription: fareSubscriptionLabels },
};
