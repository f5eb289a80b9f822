import type { Subsidiary } from '#lib/subsidiary-kit';
import { listingsBench } from './bench/listings.bench.js';
import { ReportRepair } from './commands/report-repair.js';
import { HousingLinkProof } from './housing.link-proof.js';
import { HousingModule } from './housing.module.js';
import { housingReaders } from './housing.readers.js';
import { HousingSettings } from './housing.settings.js';
import { leaseLabels } from './model/lease.js';
import { HOUSING_KEY } from './operations.js';
import { housingScopes } from './partner/partner-scopes.js';

/** jenawohnen GmbH: the municipal landlord. */
export const housing: Subsidiary = {
  key: HOUSING_KEY,
  title: 'jenawohnen',
  module: HousingModule,
  settings: HousingSettings,
  readers: housingReaders,
  benches: [listingsBench],
  linkProof: HousingLinkProof,
  partnerScopes: housingScopes,
  commands: [ReportRepair],
  labels: { Lease: leaseLabels },
};
