import { addressIn, WINZERLA } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const UWE: HouseholdPlan = {
  number: 6,
  key: 'uwe',
  password: 'saaltor-uwe',
  description: 'Kunde aller vier Töchter, dessen Energiesystem immer gestört ist; die anderen drei antworten.',
  person: {
    salutation: 'Herr',
    firstName: 'Uwe',
    lastName: 'Pfützenreuter',
    birthDate: '1967-05-23',
    email: 'uwe.pfuetzenreuter@example.org',
    phone: '+49 3641 5550106',
  },
  address: addressIn(WINZERLA, 'Oßmaritzer Straße', '9'),
  energy: { contracts: [{ division: '01', from: '2009-01-01', monthlyCents: 7200 }], pays: 'on time' },
  housing: {
    leases: [
      {
        floor: 3,
        rooms: '2',
        area: '55.80',
        from: '2009-01-01',
        netRentCents: 34_596,
        serviceChargesCents: 14_508,
        heatingChargesCents: 7_979,
        tenantsBefore: 1,
      },
    ],
  },
  transit: { subscriptions: [{ product: 'DTICKET', state: 'active', from: '2023-05-01', medium: 'chipcard' }] },
  pools: { balancesCents: [1500] },
};
