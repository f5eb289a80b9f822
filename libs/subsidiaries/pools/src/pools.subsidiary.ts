import type { Subsidiary } from '#lib/subsidiary-kit';
import { TopUpCard } from './commands/top-up-card.js';
import { poolsReaders } from './format-readers.js';
import { valueCardLabels } from './model/value-card.js';
import { POOLS_KEY } from './operations.js';
import { PoolsCardFinder } from './pools.card-finder.js';
import { PoolsLinkProof } from './pools.link-proof.js';
import { PoolsModule } from './pools.module.js';
import { PoolsSettings } from './pools.settings.js';

/** Jenaer Bädergesellschaft: GalaxSea, Ostbad and Südbad. */
export const pools: Subsidiary = {
  key: POOLS_KEY,
  title: 'Jenaer Bädergesellschaft',
  module: PoolsModule,
  settings: PoolsSettings,
  readers: poolsReaders,
  linkProof: PoolsLinkProof,
  cardFinder: PoolsCardFinder,
  commands: [TopUpCard],
  labels: { ValueCard: valueCardLabels },
};
