import { addressIn, JENA_NORD, ZENTRUM } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const SABINE: HouseholdPlan = {
  number: 9,
  key: 'sabine',
  password: 'saaltor-sabine',
  description: 'Kundin mit beendetem Gasvertrag samt Guthaben, Strom bis 9999-12-31 und gekündigtem Deutschlandticket.',
  person: {
    salutation: 'Frau',
    firstName: 'Sabine',
    lastName: 'Weißflog',
    birthDate: '1971-01-19',
    email: 'sabine.weissflog@example.org',
    phone: '+49 3641 5550109',
  },
  address: addressIn(ZENTRUM, 'Krautgasse', '4'),
  energy: {
    contracts: [
      { division: '01', from: '2013-05-01', until: '9999-12-31', monthlyCents: 5800 },
      {
        division: '02',
        from: '2013-05-01',
        until: '2025-09-30',
        monthlyCents: 9500,
        premise: addressIn(JENA_NORD, 'Naumburger Straße', '36'),
      },
    ],
    pays: 'on time',
  },
  transit: {
    subscriptions: [{ product: 'DTICKET', state: 'cancelled', from: '2023-06-01', until: '2025-12-31', medium: 'app' }],
  },
};
