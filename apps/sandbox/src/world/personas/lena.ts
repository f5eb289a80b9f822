import { addressIn, LOBEDA } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const LENA: HouseholdPlan = {
  number: 1,
  key: 'lena',
  password: 'saaltor-lena',
  description:
    'Studentin in Lobeda mit Deutschlandticket in der App und Strom; Wohnung und Bäder sind nicht verknüpft.',
  person: {
    salutation: 'Frau',
    firstName: 'Lena',
    lastName: 'Vogt',
    birthDate: '2003-04-17',
    email: 'lena.vogt@example.org',
    phone: '+49 3641 5550101',
  },
  address: addressIn(LOBEDA, 'Emil-Wölk-Straße', '13'),
  energy: { contracts: [{ division: '01', from: '2023-10-01', monthlyCents: 4900 }], pays: 'on time' },
  transit: { subscriptions: [{ product: 'DTICKET', state: 'active', from: '2024-04-01', medium: 'app' }] },
};
