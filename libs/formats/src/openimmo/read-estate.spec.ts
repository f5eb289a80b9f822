import { describe, expect, it } from '@jest/globals';
import type { OpenImmoEstate } from './openimmo-model.js';
import { readOpenImmoFile } from './read-openimmo-file.js';
import { estateXml, feedXml } from './testing/sample-feed.js';

function estateOf(content: string): OpenImmoEstate {
  const file = readOpenImmoFile(Buffer.from(feedXml([content])));
  if (file.kind !== 'feed') throw new Error('a feed was expected');
  return file.providers[0]!.estates[0]!;
}

function termsOf(xml: string): OpenImmoEstate['terms'] {
  return estateOf(`<immobilie><verwaltung_objekt>${xml}</verwaltung_objekt></immobilie>`).terms;
}

describe('an object of a feed', () => {
  it('is read with all its groups', () => {
    expect(estateOf(estateXml('4711-1'))).toMatchObject({
      identity: { number: '4711-1', obid: 'OB-4711-1', action: 'CHANGE', asOf: '2026-10-01' },
      category: { uses: ['WOHNEN'], marketing: ['MIETE_PACHT'], kind: 'WOHNUNG', flatType: 'ETAGE' },
      place: {
        postcode: '07747',
        region: 'Neulobeda',
        floor: '2',
        address: { street: 'Birkenhain', houseNumber: '12a', latitude: '50.901000', longitude: '11.594000' },
      },
      prices: { currency: 'EUR', netRent: '401.50', grossRent: '561.50', heatingIncluded: true, coldRent: null },
      areas: { livingArea: '58.40', rooms: '2.5' },
      equipment: { heating: ['FERN'], lifts: ['PERSONEN'], parking: ['TIEFGARAGE', 'OTHER'], cellar: 'JA' },
      condition: {
        yearBuilt: '1978',
        certificates: [{ kind: 'VERBRAUCH', consumption: '71.30', validUntil: '05-2031', demand: null }],
      },
      texts: { title: 'Weiter Blick & Balkon', location: 'Über der Saale' },
      attachments: [{ location: 'EXTERN', group: 'TITELBILD', format: 'JPEG', path: '4711-1.jpg', content: null }],
      terms: { availableFrom: null, availability: 'sofort', entitlementRequired: true, let: null },
    });
  });

  it.each([
    ['false', 'false'],
    ['nothing', ''],
  ])('keeps street, house number and place on the map to itself when the release says %s', (_case, released) => {
    const terms = `<verwaltung_objekt><objektadresse_freigeben>${released}</objektadresse_freigeben></verwaltung_objekt>`;
    const json = JSON.stringify(estateOf(estateXml('1', { verwaltung_objekt: terms })));
    expect(json).toContain('07747');
    expect(json).not.toMatch(/Birkenhain|12a|50\.901/);
  });

  it('may lack every group', () => {
    const estate = estateOf('<immobilie/>');
    expect(estate.identity).toMatchObject({ number: null, action: null });
    expect(estate.place.address).toBeNull();
  });

  it('says when it is free by date or by words', () => {
    expect(termsOf('<verfuegbar_ab>01.12.2026</verfuegbar_ab>')).toMatchObject({
      availableFrom: '2026-12-01',
      availability: null,
    });
    expect(termsOf('<verfuegbar_ab>nach Absprache</verfuegbar_ab><abdatum>2026-12-05</abdatum>')).toMatchObject({
      availableFrom: '2026-12-05',
      availability: 'nach Absprache',
    });
  });

  it('may carry its pictures inside, as base64 in lines', () => {
    const anhaenge =
      '<anhaenge><anhang location="INTERN"><daten><anhanginhalt>AAEC\n AwQF</anhanginhalt></daten></anhang></anhaenge>';
    expect(estateOf(estateXml('1', { anhaenge })).attachments).toMatchObject([
      { location: 'INTERN', content: 'AAECAwQF' },
    ]);
  });

  it('reads what its lists do not have as OTHER and ignores elements it does not know', () => {
    const estate = estateOf(
      estateXml('1', {
        objektkategorie:
          '<objektkategorie><nutzungsart WOHNEN="true" MOND="1" note="x"/><objektart><baumhaus/></objektart><neu><a/></neu></objektkategorie>',
      }),
    );
    expect(estate.category).toMatchObject({ uses: ['WOHNEN', 'OTHER'], kind: 'OTHER' });
  });
});
