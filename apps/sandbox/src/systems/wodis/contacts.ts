/** Columns 49 to 57: who lets the flats of a district. */
type Contact = readonly [
  salutation: string,
  name: string,
  street: string,
  postcode: string,
  city: string,
  phone: string,
  mobile: string,
  email: string,
  website: string,
];

const WEBSITE = 'https://www.jenawohnen.example';

const BY_DISTRICT: ReadonlyMap<string, Contact> = new Map([
  [
    'Lobeda',
    contact('Frau', 'Jördis Weißleder', 'Karl-Marx-Allee 99', '07747', '+49 3641 000100', 'lobeda@jenawohnen.example'),
  ],
  [
    'Winzerla',
    contact(
      'Herr',
      'Günter Löwe',
      'Max-Steenbeck-Straße 99',
      '07745',
      '+49 3641 000200',
      'winzerla@jenawohnen.example',
    ),
  ],
]);

const TOWN = contact(
  'Frau',
  'Änne Großmann',
  'Saalstraße 8a',
  '07743',
  '+49 3641 000300',
  'stadtmitte@jenawohnen.example',
);

export function contactFor(district: string): Contact {
  return BY_DISTRICT.get(district) ?? TOWN;
}

function contact(
  salutation: string,
  name: string,
  street: string,
  postcode: string,
  phone: string,
  email: string,
): Contact {
  return [salutation, name, street, postcode, 'Jena', phone, '', email, WEBSITE];
}
