import { addressIn, JENA_NORD } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const JANA: HouseholdPlan = {
  number: 11,
  key: 'jana',
  password: 'saaltor-jana',
  description: 'Familie mit fünf Badkarten und Strom, also mit Anspruch auf die FamilienAboCard.',
  person: {
    salutation: 'Frau',
    firstName: 'Jana',
    lastName: 'Hädrich',
    birthDate: '1985-06-21',
    email: 'jana.haedrich@example.org',
    phone: '+49 3641 5550111',
  },
  address: addressIn(JENA_NORD, 'Dornburger Straße', '131'),
  energy: { contracts: [{ division: '01', from: '2014-04-01', monthlyCents: 10_400 }], pays: 'on time' },
  pools: { balancesCents: [3900, 0, 1250, 1250, 620] },
};
