import { addressIn, JENA_NORD } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const PETRA: HouseholdPlan = {
  number: 7,
  key: 'petra',
  password: 'saaltor-petra',
  description: 'Energiekundin, deren Zählerstände immer unplausibel sind, bis sie mit einer Begründung kommen.',
  person: {
    salutation: 'Frau',
    firstName: 'Petra',
    lastName: 'Lämmerhirt',
    birthDate: '1958-08-30',
    email: 'petra.laemmerhirt@example.org',
    phone: '+49 3641 5550107',
  },
  address: addressIn(JENA_NORD, 'Camburger Straße', '58'),
  energy: {
    contracts: [
      { division: '01', from: '2011-11-01', monthlyCents: 6600 },
      { division: '02', from: '2011-11-01', monthlyCents: 13_100 },
    ],
    pays: 'on time',
    readingsAlwaysImplausible: true,
  },
};
