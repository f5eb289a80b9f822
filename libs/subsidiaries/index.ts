import type { Subsidiary } from '#lib/subsidiary-kit';
import { energy } from './energy/src/index.js';
import { housing } from './housing/src/index.js';
import { pools } from './pools/src/index.js';
import { transit } from './transit/src/index.js';

/** The subsidiaries of this house. The only place that lists them. */
export const subsidiaries: readonly Subsidiary[] = [energy, housing, transit, pools];
