import { registerEnumType } from '@nestjs/graphql';
import type { Purpose } from '#lib/customer';

const DESCRIPTIONS: Readonly<Record<Purpose, string>> = {
  JOINT_PORTAL: 'Angaben mehrerer Gesellschaften gemeinsam im Kundenkonto zeigen.',
  COUNTER_ADVICE: 'Beratung durch eine Gesellschaft mit Angaben der anderen.',
  ENTITLEMENT_CHECK: 'Frage einer Gesellschaft an eine andere, ob eine Vergünstigung zusteht; nur Ja oder Nein.',
  MARKETING: 'Passende Angebote einer Gesellschaft mit Angaben der anderen.',
};

/** The purposes as the graph shows them. */
export const PurposeEnum = Object.fromEntries(Object.keys(DESCRIPTIONS).map((key) => [key, key])) as {
  readonly [P in Purpose]: P;
};

registerEnumType(PurposeEnum, {
  name: 'Purpose',
  description: 'Zweck, für den Gesellschaften Angaben voneinander verwenden dürfen, jeweils nur mit Einwilligung.',
  valuesMap: Object.fromEntries(Object.entries(DESCRIPTIONS).map(([key, description]) => [key, { description }])),
});
