import { addressIn, JENA_NORD } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const KARL: HouseholdPlan = {
  number: 8,
  key: 'karl',
  password: 'saaltor-karl',
  description: 'Hauseigentümer mit Strom, Gas und Wasser, monatlich geschätztem Stromzähler und einem ruhenden Abo.',
  person: {
    salutation: 'Herr',
    firstName: 'Karl-Heinz',
    lastName: "D'Angelo",
    birthDate: '1953-10-03',
    email: 'karl.dangelo@example.org',
    phone: '+49 3641 5550108',
  },
  address: addressIn(JENA_NORD, 'Closewitzer Straße', '17'),
  energy: {
    contracts: [
      { division: '01', from: '2004-07-01', monthlyCents: 11_300, readMonthly: true },
      { division: '02', from: '2004-07-01', monthlyCents: 18_900 },
      { division: '03', from: '2004-07-01', monthlyCents: 3_400 },
    ],
    pays: 'on time',
  },
  transit: { subscriptions: [{ product: 'ABOJENA', state: 'paused', from: '2022-03-01', medium: 'chipcard' }] },
};
