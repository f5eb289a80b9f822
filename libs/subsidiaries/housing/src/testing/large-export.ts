import { open, readFile } from 'node:fs/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

const MOST_PICTURE_BYTES = 400_000;
/** The row of the fixtures that has no quotes. */
const TEMPLATE = 1;
const NUMBER_COLUMN = 4;
const DESCRIPTION_COLUMN = 33;
const WORDS = 'hell ruhig Balkon Südseite saniert Aufzug Keller Parkett Wannenbad Grünblick Fernwärme Stellplatz'.split(
  ' ',
);

/**
 * Writes an export as Wodis makes it to a file: `objects.csv`, and as many pictures as it takes to reach `bytes`. Each
 * row is one of the fixtures with a number and some three thousand characters of text of its own.
 */
export async function writeLargeExport(path: string, bytes: number, flats: number): Promise<void> {
  const file = await open(path, 'wx');
  let pending: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    const chunks = pending;
    pending = [];
    for (const chunk of chunks) await file.appendFile(chunk);
  };
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    pending.push(chunk);
  });
  try {
    const objects = new ZipDeflate('objects.csv', { level: 1 });
    zip.add(objects);
    objects.push(await objectsOf(flats), true);
    for (let left = bytes; left > 0; left -= MOST_PICTURE_BYTES) {
      const picture = new ZipPassThrough(`${String(left).padStart(12, '0')}.jpg`);
      zip.add(picture);
      picture.push(noise(Math.min(left, MOST_PICTURE_BYTES)), true);
      await flush();
    }
    zip.end();
    await flush();
  } finally {
    await file.close();
  }
}

async function objectsOf(flats: number): Promise<Uint8Array> {
  const fixture = await readFile(new URL('../../fixtures/objects.csv', import.meta.url), 'latin1');
  const template = fixture.split('\r\n')[TEMPLATE]!.split(';');
  const rows = Array.from({ length: flats }, (_, index) => rowOf(template, index));
  return Buffer.from(rows.join(''), 'latin1');
}

function rowOf(template: readonly string[], index: number): string {
  const cells = [...template];
  cells[NUMBER_COLUMN - 1] = `${index} / 1 / ${index % 20}`;
  cells[DESCRIPTION_COLUMN - 1] = Array.from(
    { length: 280 },
    (_, place) => `${WORDS[(index * 7 + place * place) % WORDS.length]}${(index + place) % 50 === 0 ? index : ''}`,
  ).join(' ');
  return `${cells.join(';')}\r\n`;
}

/** Bytes that cannot be packed, as those of a JPEG. */
function noise(length: number): Uint8Array {
  const bytes = new Uint32Array(Math.ceil(length / 4));
  let state = length | 1;
  for (let at = 0; at < bytes.length; at += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return new Uint8Array(bytes.buffer, 0, length);
}
