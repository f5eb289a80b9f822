import { describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { FlatToLet, World } from '../../world/world.js';
import { imagineWorld, withSystem } from '../tenancy/testing/bench.js';
import { createWodis } from './wodis.js';

const flat: FlatToLet = {
  number: '3307 / 2 / 11',
  street: 'Löbichauer Straße',
  houseNumber: '12a',
  postcode: '07749',
  city: 'Jena',
  district: 'Wenigenjena',
  yearBuilt: 1936,
  availableFrom: null,
  floor: 'Erdgeschoss',
  rooms: '2.5',
  area: '58.07',
  heating: 'Gas zentral',
  energyValue: '101.30',
  certificateDate: '2019-03-09',
  netRent: '377.00',
  serviceCharges: '141.25',
  heatingCharges: '79.50',
  title: 'Ruhig – und hell',
  locationText: "Unten geht's zum Fluss; oben zum Wald.",
  description: 'Dielen, genannt "Schatz".',
  equipment: '',
  lift: false,
  balcony: true,
  cellar: 'Kellerbox 5',
  images: [
    { file: '00800001.jpg', title: 'Küche' },
    { file: '00800002.jpg', title: '' },
  ],
};

const URL_PATH = '/export/wodis.zip';
const AUTHORIZATION = `Basic ${Buffer.from('svc-saaltor-export:sandbox-export').toString('base64')}`;

function worldWith(...flats: readonly FlatToLet[]): World {
  return imagineWorld({ listings: () => flats });
}

async function get(world: World, headers: Record<string, string> = {}, path = URL_PATH) {
  let answer: { status: number; headers: Headers; bytes: Uint8Array } | undefined;
  await withSystem(createWodis, world, async (url) => {
    const response = await fetch(url + path, { headers: { Authorization: AUTHORIZATION, ...headers } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    answer = { status: response.status, headers: response.headers, bytes };
  });
  if (answer === undefined) throw new Error('no answer');
  return answer;
}

async function objects(...flats: readonly FlatToLet[]): Promise<Buffer> {
  return Buffer.from(unzipSync((await get(worldWith(...flats))).bytes)['objects.csv'] ?? []);
}

/** Splits a row on semicolons outside quotes, in the plainest way. */
function cells(row: string): string[] {
  const found = [''];
  let quoted = false;
  for (const character of row) {
    if (character === '"') quoted = !quoted;
    if (character === ';' && !quoted) found.push('');
    else found[found.length - 1] += character;
  }
  return found;
}

describe('the Wodis export', () => {
  it('is one row of 107 columns per flat, each ended by CRLF', async () => {
    const text = (await objects(flat, flat, flat)).toString('latin1');
    expect(text.endsWith('\r\n')).toBe(true);
    const rows = text.slice(0, -2).split('\r\n');
    expect(rows.map((row) => cells(row).length)).toEqual([107, 107, 107]);
  });

  it('puts the facts of a flat into their columns', async () => {
    const row = ['', ...cells((await objects(flat)).toString('latin1').trimEnd())];
    expect(row.slice(1, 12)).toEqual(
      'I|1|Wohnraum|3307 / 2 / 11|jenawohnen GmbH|Löbichauer Straße|12a|07749|Jena|Wenigenjena|1936'.split('|'),
    );
    expect(row.slice(14, 22)).toEqual(
      'sofort|Erdgeschoss|2,5|58,07|Gas zentral|101,30|Bedarfsausweis|09.03.2019'.split('|'),
    );
    expect(row.slice(23, 30)).toEqual(['377', '141,25', '79,50', 'ja', '518,25', '', 'kautionsfrei']);
    expect(row[31]).toBe('Löbichauer Straße 12a, 07749 Jena');
    expect(row.slice(35, 38)).toEqual(['nicht vorhanden', 'vorhanden', 'Kellerbox 5']);
    expect(row.slice(58, 68)).toEqual('00800001.jpg|jpg|B||Küche|00800002.jpg|jpg|B||'.split('|'));
    expect(row.slice(68).every((cell) => cell === '')).toBe(true);
  });

  it('is ISO-8859-1 with a question mark for what that lacks', async () => {
    const bytes = await objects(flat);
    expect(bytes.includes(Buffer.from([0x4c, 0xf6, 0x62, 0x69]))).toBe(true);
    expect(bytes.toString('latin1')).toContain(';Ruhig ? und hell;');
  });

  it('quotes what would break a row', async () => {
    const row = (await objects(flat)).toString('latin1');
    expect(row).toContain(`;"Unten geht's zum Fluss; oben zum Wald.";"Dielen, genannt ""Schatz"".";`);
  });

  it('writes a coming availability as a German date', async () => {
    const row = cells((await objects({ ...flat, availableFrom: '2027-02-01' })).toString('latin1'));
    expect(row[13]).toBe('01.02.2027');
  });

  it('repeats the house number in the street of some rows and leaves blanks behind some texts', async () => {
    const rows = (await objects(flat, flat, flat)).toString('latin1').split('\r\n').map(cells);
    expect(rows[2]?.slice(5, 7)).toEqual(['Löbichauer Straße 12a', '12a']);
    expect(rows[0]?.[45]).toBe('öffentlich ');
  });

  it('holds one valid picture per file name', async () => {
    const files = unzipSync((await get(worldWith(flat))).bytes);
    expect(Object.keys(files).toSorted()).toEqual(['00800001.jpg', '00800002.jpg', 'objects.csv']);
    expect(segments(Buffer.from(files['00800001.jpg'] ?? []))).toEqual([
      'ffe0',
      'fffe',
      'ffdb',
      'ffc0',
      'ffc4',
      'ffc4',
      'ffda',
    ]);
    expect(files['00800001.jpg']).not.toEqual(files['00800002.jpg']);
  });

  it('answers 304 without a body to its own entity tag, strong or weak', async () => {
    const first = await get(worldWith(flat));
    expect(first.headers.get('content-type')).toBe('application/zip');
    expect(first.headers.get('last-modified')).toBe('Tue, 24 Nov 2026 13:30:00 GMT');
    const etag = first.headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get(worldWith(flat), { 'If-None-Match': known });
      expect([again.status, again.bytes.length, again.headers.get('etag')]).toEqual([304, 0, etag]);
    }
  });

  it('changes its entity tag with its content only', async () => {
    const first = await get(worldWith(flat));
    const etag = first.headers.get('etag') ?? '';
    expect((await get(worldWith(flat))).headers.get('etag')).toBe(etag);
    const changed = await get(worldWith({ ...flat, netRent: '378.00' }), { 'If-None-Match': etag });
    expect([changed.status, changed.headers.get('etag') === etag]).toEqual([200, false]);
  });

  it('keeps the time of writing while the content is the same', async () => {
    let now = Date.parse('2026-11-24T02:00:00Z');
    const world = imagineWorld({ listings: () => [flat], now: () => now });
    await withSystem(createWodis, world, async (url) => {
      const ask = () => fetch(url + URL_PATH, { headers: { Authorization: AUTHORIZATION } });
      const first = await ask();
      now += 3_600_000;
      expect((await ask()).headers.get('last-modified')).toBe(first.headers.get('last-modified'));
    });
  });

  it('is empty when there is nothing to let', async () => {
    expect((await objects()).length).toBe(0);
  });

  it('turns away who does not sign in, and knows no other file', async () => {
    const refused = await get(worldWith(flat), { Authorization: 'Bearer x' });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="export"']);
    expect((await get(worldWith(flat), {}, '/export/other.zip')).status).toBe(404);
  });

  it('lets a fault of the system happen', async () => {
    const faults = { find: (system: string) => ({ kind: '500' as const, system, household: null }) };
    expect((await get(imagineWorld({ faults }))).status).toBe(500);
  });
});

/** Markers of a JPEG up to the scan; throws unless it begins and ends as one. */
function segments(jpeg: Buffer): string[] {
  if (jpeg.readUInt16BE(0) !== 0xffd8 || jpeg.readUInt16BE(jpeg.length - 2) !== 0xffd9) throw new Error('no JPEG');
  const markers: string[] = [];
  for (let at = 2; markers.at(-1) !== 'ffda'; at += 2 + jpeg.readUInt16BE(at + 2)) {
    markers.push(jpeg.readUInt16BE(at).toString(16));
  }
  return markers;
}
