import { describe, expect, it } from '@jest/globals';
import { ListingFeed } from './listing-feed.js';

interface Flat {
  readonly number?: string;
  readonly obid?: string;
  readonly action?: string;
  readonly rent?: string;
  readonly prices?: string;
  readonly marketing?: string;
  readonly more?: string;
}

function flat({
  number = '',
  obid = '',
  action = '',
  rent = '400',
  prices,
  marketing = 'MIETE_PACHT',
  more = '',
}: Flat): string {
  return `<immobilie><objektkategorie><nutzungsart WOHNEN="1"/><vermarktungsart ${marketing}="true"/>
    <objektart><wohnung/></objektart></objektkategorie><geo><plz>07749</plz><ort>Jena</ort><strasse>Am Steig</strasse></geo>
    <preise>${prices ?? `<kaltmiete>${rent}</kaltmiete><nebenkosten>100</nebenkosten>`}</preise>
    <flaechen><wohnflaeche>50</wohnflaeche><anzahl_zimmer>2</anzahl_zimmer></flaechen>${more}
    <verwaltung_techn><objektnr_extern>${number}</objektnr_extern><aktion aktionart="${action}"/>
    <openimmo_obid>${obid}</openimmo_obid></verwaltung_techn></immobilie>`;
}

function feed(
  scope: string,
  flats: readonly Flat[],
  { provider = 'P1', modus = 'CHANGE' } = {},
): readonly Uint8Array[] {
  const xml = `<openimmo><uebertragung umfang="${scope}" modus="${modus}"/><anbieter><openimmo_anid>${provider}</openimmo_anid>
    ${flats.map(flat).join('')}</anbieter></openimmo>`;
  return [Buffer.from(xml)];
}

async function filled(...numbers: readonly string[]): Promise<ListingFeed> {
  const listings = new ListingFeed();
  await listings.import(
    feed(
      'VOLL',
      numbers.map((number) => ({ number, obid: `OB${number}` })),
    ),
  );
  return listings;
}

const numbersOf = ({ flats }: ListingFeed): readonly string[] => flats.map(({ listing }) => listing.number);
const malformed = (path: string) =>
  expect.objectContaining({ code: 'UPSTREAM_MALFORMED', details: expect.objectContaining({ path }) });

describe('a full feed', () => {
  it('replaces all flats of its provider and no others', async () => {
    const listings = await filled('1', '2');
    await listings.import(feed('VOLL', [{ number: '9' }], { provider: 'P2' }));
    const report = await listings.import(feed('VOLL', [{ number: '2' }, { number: '3' }]));
    expect(numbersOf(listings)).toEqual(['2', '3', '9']);
    expect(report).toEqual({ objects: 2, listed: 2, removed: 1, passedOver: 0, refusedCount: 0, refused: [] });
  });

  it('without flats empties its provider', async () => {
    const listings = await filled('1');
    await listings.import(feed('VOLL', []));
    expect(numbersOf(listings)).toEqual([]);
  });

  it('names what it refuses and keeps the rest', async () => {
    const listings = new ListingFeed();
    const report = await listings.import(
      feed('VOLL', [{ number: '1' }, { number: '2', rent: 'viel' }, { number: '1' }, {}]),
    );
    expect(numbersOf(listings)).toEqual(['1']);
    expect(report).toMatchObject({ objects: 4, listed: 1, refusedCount: 3 });
    expect(report.refused).toEqual([
      { number: '2', path: 'openimmo.anbieter[0].immobilie[1].preise.kaltmiete', reason: 'is not a number' },
      {
        number: null,
        path: 'openimmo.anbieter[0].immobilie[3].verwaltung_techn.objektnr_extern',
        reason: 'is missing',
      },
      { number: '1', path: 'openimmo.anbieter[0].immobilie[2]', reason: 'is listed before' },
    ]);
  });

  it('names a hundred refused flats at most and counts all', async () => {
    const flats = Array.from({ length: 130 }, (_, index) => ({ number: `${index}`, rent: index === 0 ? '1' : '' }));
    const report = await new ListingFeed().import(feed('VOLL', flats));
    expect([report.refusedCount, report.refused.length]).toEqual([129, 100]);
  });

  it('passes over what is no flat to let', async () => {
    const listings = await filled('1', '2');
    const rented = '<verwaltung_objekt><vermietet>true</vermietet></verwaltung_objekt>';
    const report = await listings.import(
      feed('VOLL', [
        { number: '1', marketing: 'KAUF' },
        { number: '2', more: rented },
      ]),
    );
    expect(report).toMatchObject({ passedOver: 2, removed: 2, refusedCount: 0 });
  });
});

describe('a partial feed', () => {
  it('changes, adds and deletes what it names', async () => {
    const listings = await filled('1', '2', '3', '4');
    const changes: Flat[] = [
      { number: '1', action: 'CHANGE', rent: '300' },
      { number: '2', action: 'DELETE' },
      { obid: 'OB3', action: 'DELETE' },
      { number: '4', action: 'REFERENZ' },
      { number: '5' },
    ];
    const report = await listings.import(feed('TEIL', changes));
    expect(listings.flats.map(({ listing }) => [listing.number, listing.grossRent])).toEqual([
      ['1', '400.00'],
      ['5', '500.00'],
    ]);
    expect(report).toMatchObject({ listed: 2, removed: 3 });
  });

  it('deletes what it names when its mode says so and the object says nothing', async () => {
    const listings = await filled('1', '2', '3');
    await listings.import(feed('TEIL', [{ number: '1' }, { number: '2', action: 'CHANGE' }], { modus: 'DELETE' }));
    expect(numbersOf(listings)).toEqual(['2', '3']);
  });

  it('takes its changes in their order', async () => {
    const listings = await filled('1');
    await listings.import(
      feed('TEIL', [{ number: '1', action: 'DELETE' }, { number: '1' }, { number: '1', rent: '350' }]),
    );
    expect(listings.flats.map(({ listing }) => listing.netRent)).toEqual(['350.00']);
  });

  it('keeps a flat whose change cannot be read, and never deletes on an unknown scope or action', async () => {
    const listings = await filled('1', '2');
    const report = await listings.import(
      feed('UNBEKANNT', [{ number: '1', rent: '-' }, { number: '2', action: 'ENTFERNEN' }, { number: '3' }]),
    );
    expect(numbersOf(listings)).toEqual(['1', '2', '3']);
    expect(report.refused.map(({ number, reason }) => [number, reason])).toEqual([
      ['1', 'is not a number'],
      ['2', 'is not a known action'],
    ]);
  });

  it('cannot take another provider’s number', async () => {
    const listings = await filled('1');
    const report = await listings.import(
      feed('TEIL', [{ number: '1', rent: '1' }, { number: '2' }], { provider: 'P2' }),
    );
    expect(report.refused).toMatchObject([{ number: '1', reason: 'is listed by another provider' }]);
    expect(listings.flats.find(({ listing }) => listing.number === '1')?.listing.netRent).toBe('400.00');
  });
});

async function* broken() {
  yield feed('VOLL', [{ number: '9' }])[0]!;
  throw new Error('connection lost');
}

describe('a feed that fails as a whole changes nothing', () => {
  it.each<[string, readonly Uint8Array[], string]>([
    ['cut off', [feed('VOLL', [{ number: '9' }])[0]!.subarray(0, -5)], '$'],
    ['with a document type', [Buffer.from('<!DOCTYPE a><openimmo/>')], '$'],
    ['without a provider', [Buffer.from('<openimmo/>')], 'openimmo.anbieter'],
    [
      'whose provider has no name',
      feed('VOLL', [{ number: '9' }], { provider: '' }),
      'openimmo.anbieter[0].openimmo_anid',
    ],
    [
      'whose every flat is malformed',
      feed('VOLL', [{ number: '9', rent: 'x' }]),
      'openimmo.anbieter[0].immobilie[0].preise.kaltmiete',
    ],
    ['that is an enquiry', [Buffer.from('<openimmo_feedback/>')], '$'],
  ])('%s', async (_case, chunks, path) => {
    const listings = await filled('1');
    await expect(listings.import(chunks)).rejects.toEqual(malformed(path));
    expect(numbersOf(listings)).toEqual(['1']);
    await listings.import(feed('TEIL', [{ number: '2' }]));
    expect(numbersOf(listings)).toEqual(['1', '2']);
  });

  it('because its source breaks off', async () => {
    const listings = await filled('1');
    await expect(listings.import(broken())).rejects.toThrow('connection lost');
    expect(numbersOf(listings)).toEqual(['1']);
  });
});

describe('while a feed is on its way', () => {
  it('the last good list is served, and another feed has to wait', async () => {
    const listings = await filled('1');
    const running = listings.import(feed('VOLL', [{ number: '2' }, { rent: 'x' }]));
    await expect(listings.import(feed('VOLL', []))).rejects.toEqual(expect.objectContaining({ code: 'CONFLICT' }));
    expect(numbersOf(listings)).toEqual(['1']);
    await running;
    expect(numbersOf(listings)).toEqual(['2']);
  });
});

const rentOf = async (prices: string) => {
  const listings = new ListingFeed();
  await listings.import(feed('VOLL', [{ number: '1', prices }]));
  const { netRent, serviceCharges, heatingCharges, heatingIncluded, grossRent } = listings.flats[0]!.listing;
  return [netRent, serviceCharges, heatingCharges, heatingIncluded, grossRent];
};

const xml = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

describe('the rent of a flat', () => {
  it.each([
    [{ nettokaltmiete: '400', kaltmiete: '500', nebenkosten: '150' }, ['400.00', '150.00', null, null, '550.00']],
    [{ kaltmiete: '400', nebenkosten: '90', heizkosten: '60' }, ['400.00', '150.00', '60.00', true, '550.00']],
    [
      { kaltmiete: '400', nebenkosten: '150', heizkosten: '60', heizkosten_enthalten: '1' },
      ['400.00', '150.00', '60.00', true, '550.00'],
    ],
    [
      { kaltmiete: '400', nebenkosten: '150', heizkosten: '60', warmmiete: '550' },
      ['400.00', '150.00', '60.00', true, '550.00'],
    ],
    [
      { kaltmiete: '400', nebenkosten: '90', heizkosten: '60', heizkosten_enthalten: '1', warmmiete: '550' },
      ['400.00', '150.00', '60.00', true, '550.00'],
    ],
    [{ kaltmiete: '400', warmmiete: '550,50' }, ['400.00', '150.50', null, null, '550.50']],
    [{ kaltmiete: '400', nebenkosten: '90', heizkosten_enthalten: '0' }, ['400.00', '90.00', null, false, '490.00']],
  ])('of %j is net, charges, heating, whether included, and gross', async (fields, expected) => {
    expect(await rentOf(xml(fields as Record<string, string>))).toEqual(expected);
  });

  it.each([
    [{ nebenkosten: '90' }, 'nettokaltmiete'],
    [{ kaltmiete: '0', nebenkosten: '90' }, 'nettokaltmiete'],
    [{ kaltmiete: '400' }, 'nebenkosten'],
    [{ kaltmiete: '400', nebenkosten: '90', warmmiete: '500' }, 'warmmiete'],
    [{ kaltmiete: '400', warmmiete: '300' }, 'nebenkosten'],
    [{ kaltmiete: '400', warmmiete: '450', heizkosten: '60' }, 'heizkosten'],
  ])('of %j is refused', async (fields, name) => {
    await expect(rentOf(xml(fields as unknown as Record<string, string>))).rejects.toEqual(
      malformed(`openimmo.anbieter[0].immobilie[0].preise.${name}`),
    );
  });

  it('in other money than euros or for another time than a month is refused', async () => {
    const rent = '<kaltmiete>1</kaltmiete><nebenkosten>1</nebenkosten>';
    await expect(rentOf(`${rent}<waehrung iso_waehrung="CHF"/>`)).rejects.toEqual(
      malformed('openimmo.anbieter[0].immobilie[0].preise.waehrung'),
    );
    await expect(rentOf(`${rent}<preis_zeiteinheit zeiteinheit="WOCHE"/>`)).rejects.toEqual(
      malformed('openimmo.anbieter[0].immobilie[0].preise.preis_zeiteinheit'),
    );
  });
});

describe('a flat', () => {
  it('is shown with words for people, without HTML, without its street, and with the pictures beside the feed only', async () => {
    const more = `<ausstattung><heizungsart FERN="true"/><fahrstuhl PERSONEN="false"/><stellplatzart CARPORT="1"/></ausstattung>
      <zustand_angaben><energiepass><epart>BEDARF</epart><endenergiebedarf>88</endenergiebedarf></energiepass></zustand_angaben>
      <freitexte><objekttitel/><lage>Ruhig&lt;br/&gt;und &lt;b&gt;grün&lt;/b&gt;, 2 &lt; 3</lage></freitexte>
      <anhaenge><anhang location="EXTERN"><daten><pfad>a.JPG</pfad></daten></anhang><anhang><daten><pfad>../b.jpg</pfad></daten></anhang>
      <anhang location="REMOTE"><daten><pfad>c.jpg</pfad></daten></anhang><anhang><daten><pfad>https://x/d.jpg</pfad></daten></anhang></anhaenge>
      <verwaltung_objekt><wbs_sozialwohnung>true</wbs_sozialwohnung><objektadresse_freigeben>0</objektadresse_freigeben></verwaltung_objekt>`;
    const listings = new ListingFeed();
    await listings.import(feed('VOLL', [{ number: '1', more }]));
    expect(listings.flats[0]).toMatchObject({ entitlementRequired: true, addressReleased: false });
    expect(listings.flats[0]?.listing).toMatchObject({
      title: null,
      address: null,
      postcode: '07749',
      city: 'Jena',
      heating: 'Fernwärme',
      lift: false,
      parking: 'Carport',
      energy: { kind: 'DEMAND', value: '88.00' },
      location: 'Ruhig\nund grün, 2 < 3',
      images: [{ file: 'a.JPG', title: null }],
    });
  });
});
