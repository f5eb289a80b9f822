import { readZmsDocument } from '#lib/formats';
import type { FormatReader } from '#lib/subsidiary-kit';
import { subsidiaries } from '#subsidiaries';

/** The system of the shared service centre belongs to no subsidiary. */
const zms: FormatReader = {
  format: 'zms',
  describe: 'Antworten der Termin- und Aufrufanlage ZMS (JSON)',
  covers: (path) => /(?:^|\/)servicecentre-zms\/.*\.json$/i.test(path),
  read: (bytes) => readZmsDocument(bytes),
};

/** Readers of all formats. */
export const readers: readonly FormatReader[] = [...subsidiaries.flatMap((subsidiary) => subsidiary.readers), zms];
