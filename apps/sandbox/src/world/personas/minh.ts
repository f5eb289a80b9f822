import { addressIn, LOBEDA, WINZERLA } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const MINH: HouseholdPlan = {
  number: 10,
  key: 'minh',
  password: 'saaltor-minh',
  description: 'Mieter mit laufendem Vertrag in Winzerla und einem beendeten in Lobeda.',
  person: {
    salutation: 'Herr',
    firstName: 'Minh',
    lastName: 'Nguyen',
    birthDate: '1990-03-14',
    email: 'minh.nguyen@example.org',
    phone: '+49 3641 5550110',
  },
  address: addressIn(WINZERLA, 'Max-Steenbeck-Straße', '28'),
  housing: {
    leases: [
      {
        floor: 5,
        rooms: '3',
        area: '66.40',
        from: '2024-08-01',
        netRentCents: 43_160,
        serviceChargesCents: 17_928,
        heatingChargesCents: 9_864,
        tenantsBefore: 3,
      },
      {
        flat: addressIn(LOBEDA, 'Erlanger Allee', '103'),
        floor: 9,
        rooms: '1.5',
        area: '33.15',
        from: '2016-10-01',
        until: '2024-07-31',
        netRentCents: 22_210,
        serviceChargesCents: 8_619,
        heatingChargesCents: 4_740,
        tenantsBefore: 11,
      },
    ],
  },
};
