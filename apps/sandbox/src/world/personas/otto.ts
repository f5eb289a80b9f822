import { addressIn, ZENTRUM } from '../districts.js';
import type { HouseholdPlan } from '../household-plan.js';

export const OTTO: HouseholdPlan = {
  number: 12,
  key: 'otto',
  password: 'saaltor-otto',
  description: 'Frisch angemeldet und mit keiner Tochter verknüpft.',
  person: {
    salutation: 'Herr',
    firstName: 'Otto',
    lastName: 'Überschär',
    birthDate: '1999-09-09',
    email: 'otto.ueberschaer@example.org',
    phone: null,
  },
  address: addressIn(ZENTRUM, 'Quergasse', '12'),
};
