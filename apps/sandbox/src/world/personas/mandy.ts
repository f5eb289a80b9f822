import { addressIn, LOBEDA } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const MANDY: HouseholdPlan = {
  number: 5,
  key: 'mandy',
  password: 'saaltor-mandy',
  description: 'Mieterin mit überfälligen Energierechnungen, davon eine zum Teil bezahlt.',
  person: {
    salutation: 'Frau',
    firstName: 'Mandy',
    lastName: 'Strauß',
    birthDate: '1979-12-12',
    email: 'mandy.strauss@example.org',
    phone: '+49 3641 5550105',
  },
  address: addressIn(LOBEDA, 'Theobald-Renner-Straße', '2a'),
  energy: { contracts: [{ division: '01', from: '2015-02-15', monthlyCents: 8700 }], pays: 'overdue' },
  housing: {
    leases: [
      {
        floor: 0,
        rooms: '3',
        area: '61.05',
        from: '2015-02-15',
        netRentCents: 37_851,
        serviceChargesCents: 16_178,
        heatingChargesCents: 8_912,
        tenantsBefore: 4,
      },
    ],
  },
};
