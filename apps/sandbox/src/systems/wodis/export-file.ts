import type { Zippable } from 'fflate';
import type { FlatToLet } from '../../world/world.js';
import { keepFile, zipAt, type ExportedFile } from '../exported-file.js';
import { jpegOf } from './jpeg.js';
import { exportedImages, writeObjects } from './write-objects.js';

/** Writes the export at `now`, or gives `last` back while the flats are still the same. */
export function exportFlats(flats: readonly FlatToLet[], now: number, last: ExportedFile | null): ExportedFile {
  const objects = writeObjects(flats);
  return keepFile(last, objects, now, () => {
    const entries: Zippable = { 'objects.csv': objects };
    for (const { file } of flats.flatMap(exportedImages)) entries[file] = [jpegOf(file), { level: 0 }];
    return zipAt(now, entries);
  });
}
