import { berlinDate } from './berlin.js';
import type { CommonTables, Notice, Remark } from './common-tables.js';
import { LINES, type Line } from './network.js';

/** Positions in `locL` of the stops between which a message holds. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

const LOW_FLOOR: Remark = { code: 'nf', text: 'Niederflurfahrzeug mit stufenlosem Zugang', priority: 350 };
const BICYCLES: Remark = { code: 'FB', text: 'Fahrräder können begrenzt mitgenommen werden', priority: 260 };

const NOTICES: readonly Notice[] = LINES.filter(({ name }) => name === '3').map((line) => ({
  id: 'HIM_FREETEXT_70413',
  line,
  title: 'Linie 3: Gleisbau in der Göschwitzer Straße',
  text: 'Wegen Gleisbauarbeiten fährt die Linie 3 zwischen Burgaupark und Bahnhof Göschwitz langsamer.<br>Bitte planen Sie für Anschlüsse einige Minuten mehr ein.',
}));

/** Entries of `msgL`: the remarks about a trip and the notices about its line. */
export function wireMessages(line: Line, stretch: Stretch, common: CommonTables, now: number): object[] {
  const { operator, vehicle } = line;
  const remarks: Remark[] = [
    { code: 'OPERATOR', text: operator.name, short: operator.short },
    vehicle.icon === 'prod_reg' ? BICYCLES : LOW_FLOOR,
  ];
  const since = `${berlinDate(now).slice(0, 8)}01`;
  return [
    ...remarks.map((remark) => ({
      type: 'REM',
      remX: common.remark(remark),
      sty: 'I',
      fLocX: stretch.from,
      tLocX: stretch.to,
      tagL: ['RES_JNY_DTL'],
      sort: 700_000_000 + (remark.priority ?? 0) * 1_000,
    })),
    ...NOTICES.filter((notice) => notice.line === line).map((notice) => ({
      type: 'HIM',
      himX: common.notice(notice, since),
      sty: 'M',
      fLocX: stretch.from,
      tLocX: stretch.to,
      tagL: ['RES_GLB_HDR_H3', 'SUM_GLB_HDR_H3'],
      sort: 807_680_000,
    })),
  ];
}
