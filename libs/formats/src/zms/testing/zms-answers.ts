/** Parts of answers as the system writes them: numbers and flags now as such, now as text. */
export const PROVIDER = {
  id: 4711,
  name: 'Kundenzentrum',
  displayName: 'Kundenzentrum Markt',
  contact: { street: 'Am Markt', streetNumber: '5', postalCode: '07700', city: 'Musterstadt' },
};
export const SCOPE = {
  id: '31',
  shortName: 'Wohnen',
  provider: PROVIDER,
  preferences: {
    appointment: { reservationDuration: '20' },
    client: { emailRequired: '1', telephoneActivated: 0, captchaActivatedRequired: false },
  },
};
export const PROCESS = {
  $schema: 'https://example.org/process.json',
  id: '200117',
  authKey: 'a1b2',
  status: 'confirmed',
  scope: SCOPE,
  appointments: [
    { date: '1793606400', slotCount: '3', scope: { id: '31' }, availability: { slotTimeInMinutes: '10' } },
  ],
  requests: [{ id: 88, name: 'Mietvertrag', data: { maxQuantity: 2 } }],
  clients: [{ familyName: 'Beispiel', email: '', telephone: '03641 000' }],
  queue: {
    number: 17,
    arrivalTime: 1793606400,
    callCount: '1',
    callTime: 0,
    withAppointment: '1',
    waitingTime: '00:03:30',
    wayTime: 0.5,
    waitingTimeEstimate: '12',
    destination: null,
  },
  createTimestamp: 1793000000,
};
