import { addressIn, LOBEDA } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const AYLIN: HouseholdPlan = {
  number: 2,
  key: 'aylin',
  password: 'saaltor-aylin',
  description:
    'Familie kurz vor dem Umzug von Lobeda nach Jena-Nord; Kundin aller vier Töchter und das Standardbeispiel.',
  person: {
    salutation: 'Frau',
    firstName: 'Aylin',
    lastName: 'Kaya-Größel',
    birthDate: '1988-11-02',
    email: 'aylin.kaya@example.org',
    phone: '+49 3641 5550102',
  },
  address: addressIn(LOBEDA, 'Ernst-Schneller-Straße', '7'),
  energy: {
    contracts: [
      { division: '01', from: '2017-06-01', monthlyCents: 9800 },
      { division: '07', from: '2017-06-01', monthlyCents: 7400 },
    ],
    pays: 'on time',
  },
  housing: {
    leases: [
      {
        floor: 4,
        rooms: '4',
        area: '84.27',
        from: '2017-06-01',
        netRentCents: 53_928,
        serviceChargesCents: 22_740,
        heatingChargesCents: 12_310,
        tenantsBefore: 2,
      },
    ],
  },
  transit: {
    subscriptions: [
      { product: 'DTICKETJOB', state: 'active', from: '2023-05-01', medium: 'app' },
      { product: 'ABOJENA', state: 'active', from: '2021-08-01', medium: 'chipcard' },
    ],
  },
  pools: { balancesCents: [4250, 800] },
};
