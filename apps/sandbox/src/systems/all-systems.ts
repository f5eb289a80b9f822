import { createCalendar } from './calendar/calendar.js';
import { createFareShop } from './fare-shop/fare-shop.js';
import { createGtfs } from './gtfs/gtfs.js';
import { createHafas } from './hafas/hafas.js';
import type { CreateSystem } from './legacy-system.js';
import { createMail } from './mail/mail.js';
import { createOpenimmo } from './openimmo/openimmo.js';
import { createSapUmc } from './sap-umc/sap-umc.js';
import { createTenancy } from './tenancy/tenancy.js';
import { createTicos } from './ticos/ticos.js';
import { createTill } from './till/till.js';
import { createWodis } from './wodis/wodis.js';

/** Every imitated legacy system, in the order of their ports. The only list of them. */
export const ALL_SYSTEMS: readonly CreateSystem[] = [
  createSapUmc,
  createTenancy,
  createWodis,
  createHafas,
  createFareShop,
  createTill,
  createTicos,
  createOpenimmo,
  createGtfs,
  createCalendar,
  createMail,
];
