import { addressIn, WINZERLA } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const ERIKA: HouseholdPlan = {
  number: 3,
  key: 'erika',
  password: null,
  description: 'Rentnerin mit Chipkarte, ohne E-Mail und ohne Anmeldung; nur am Schalter zu bedienen.',
  person: {
    salutation: 'Frau',
    firstName: 'Erika',
    lastName: 'Böhme',
    birthDate: '1941-02-08',
    email: null,
    phone: '+49 3641 5550103',
  },
  address: addressIn(WINZERLA, 'Schrödingerstraße', '44'),
  energy: { contracts: [{ division: '01', from: '1998-03-01', monthlyCents: 3600 }], pays: 'on time' },
  housing: {
    leases: [
      {
        floor: 1,
        rooms: '2',
        area: '48.90',
        from: '1986-09-01',
        netRentCents: 29_829,
        serviceChargesCents: 13_203,
        heatingChargesCents: 7_140,
        tenantsBefore: 0,
      },
    ],
  },
  transit: { subscriptions: [{ product: 'ABOSENIOR', state: 'active', from: '2012-01-01', medium: 'chipcard' }] },
};
