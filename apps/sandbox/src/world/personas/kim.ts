import { addressIn, ZENTRUM } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const KIM: HouseholdPlan = {
  number: 4,
  key: 'kim',
  password: 'saaltor-kim',
  description: 'Badegast mit nichts als einer Geldwertkarte; alle anderen Töchter sind nicht verknüpft.',
  person: {
    salutation: 'Divers',
    firstName: 'Kim',
    lastName: 'Rößner',
    birthDate: '1996-07-29',
    email: 'kim.roessner@example.org',
    phone: null,
  },
  address: addressIn(ZENTRUM, 'Wagnergasse', '21'),
  pools: { balancesCents: [2790] },
};
