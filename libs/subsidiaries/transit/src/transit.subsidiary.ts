import type { Subsidiary } from '#lib/subsidiary-kit';
import { departuresBench } from './bench/departures.bench.js';
import { transitReaders } from './format-readers.js';
import { fareSubscriptionLabels } from './model/fare-subscription.js';
import { TRANSIT_KEY } from './operations.js';
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
  labels: { FareSubscription: fareSubscriptionLabels },
};
