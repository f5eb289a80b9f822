import type { Address } from './household.js';

/** A part of Jena with its postcode and streets that are really there. */
export interface District {
  readonly name: string;
  readonly postcode: string;
  readonly streets: readonly [string, ...string[]];
}

export const LOBEDA: District = {
  name: 'Lobeda',
  postcode: '07747',
  streets: [
    'Karl-Marx-Allee',
    'Emil-Wölk-Straße',
    'Ernst-Schneller-Straße',
    'Erlanger Allee',
    'Werner-Seelenbinder-Straße',
    'Theobald-Renner-Straße',
    'Martin-Niemöller-Straße',
    'Platanenstraße',
  ],
};

export const WINZERLA: District = {
  name: 'Winzerla',
  postcode: '07745',
  streets: [
    'Schrödingerstraße',
    'Oßmaritzer Straße',
    'Max-Steenbeck-Straße',
    'Bertolt-Brecht-Straße',
    'Hugo-Schrade-Straße',
    'Johannes-R.-Becher-Straße',
  ],
};

export const JENA_NORD: District = {
  name: 'Jena-Nord',
  postcode: '07743',
  streets: [
    'Dornburger Straße',
    'Closewitzer Straße',
    'Camburger Straße',
    'Naumburger Straße',
    'Scharnhorststraße',
    'Schützenhofstraße',
  ],
};

export const ZENTRUM: District = {
  name: 'Zentrum',
  postcode: '07743',
  streets: ['Saalstraße', 'Johannisstraße', 'Wagnergasse', 'Löbdergraben', 'Krautgasse', 'Quergasse'],
};

export const DISTRICTS = [LOBEDA, WINZERLA, JENA_NORD, ZENTRUM] as const;

export function addressIn(district: District, street: string, houseNumber: string): Address {
  return { street, houseNumber, postcode: district.postcode, city: 'Jena', district: district.name };
}
