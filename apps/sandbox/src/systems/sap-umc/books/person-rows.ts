import type { Address, Household } from '../../../world/household.js';
import { midnight } from './dates.js';
import type { Row } from './row.js';

const TITLES = { Frau: '0001', Herr: '0002', Divers: '' } as const;
const SEXES = { Frau: '1', Herr: '2', Divers: '0' } as const;

/** Rows about the person: the same in both services. */
export function personRows({ number, person, address }: Household, accountId: string): Record<string, readonly Row[]> {
  const { salutation, firstName, lastName, birthDate, email, phone } = person;
  const fullName = [salutation === 'Divers' ? '' : salutation, firstName, lastName]
    .filter((part) => part !== '')
    .join(' ');
  return {
    Account: [
      {
        AccountTypeID: '1',
        AccountID: accountId,
        AccountTitleID: TITLES[salutation],
        FirstName: firstName,
        LastName: lastName,
        Sex: SEXES[salutation],
        FullName: fullName,
        CorrespondenceLanguage: 'D',
        CorrespondenceLanguageISO: 'DE',
        Language: 'D',
        LanguageISO: 'DE',
        BirthDate: midnight(birthDate),
      },
    ],
    AccountAddress: [
      {
        AccountID: accountId,
        AddressID: addressIdOf(number),
        AddressInfo: addressInfo(address, { StandardFlag: 'X' }),
      },
    ],
    AccountAddressIndependentEmail: email === null ? [] : [{ ...contact(accountId), Email: email }],
    AccountAddressIndependentPhone:
      phone === null
        ? []
        : [{ ...contact(accountId), PhoneNo: phone.replace(/^\+49\s*/, '0'), CompletePhoneNo: phone, CountryID: 'DE' }],
  };
}

export function addressIdOf(household: number): string {
  return String(360_000 + household);
}

/** SAP's address structure. Flags in it are `X` or empty, unlike elsewhere. */
export function addressInfo(address: Address, more: Row = {}): Row {
  const street = `${address.street} ${address.houseNumber}`;
  return {
    City: address.city,
    District: address.district,
    PostalCode: address.postcode,
    Street: address.street,
    HouseNo: address.houseNumber,
    CountryID: 'DE',
    Region: '16',
    TimeZone: 'CET',
    ShortForm: `${street} / D-${address.postcode} ${address.city}`,
    ...more,
  };
}

function contact(accountId: string): Row {
  return { AccountID: accountId, SequenceNo: '001', HomeFlag: true, StandardFlag: true };
}
