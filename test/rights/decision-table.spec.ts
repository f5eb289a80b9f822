import { writeFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildTable, readTable, TABLE_FILE } from './decision-table.js';

/** `UPDATE_EXPECTED=1` rewrites the file: its diff shows what a changed label or rule means for whom. */
describe('the decision table', () => {
  const table = buildTable();

  it('is as committed', () => {
    if (process.env['UPDATE_EXPECTED'] === '1') writeFileSync(TABLE_FILE, `${JSON.stringify(table, null, 2)}\n`);
    expect(table).toEqual(readTable());
  });

  it('never shows data of the grid to sales, nor for marketing', () => {
    const grid = Object.values(readTable().decisions).flatMap((ofLabels) =>
      Object.entries(ofLabels).flatMap(([rights, rows]) => (/, grid\b/.test(rights) ? Object.keys(rows) : [])),
    );
    expect(grid.length).toBeGreaterThan(0);
    expect(grid.filter((row) => row.includes('in sales') || row.startsWith('MARKETING'))).toEqual([]);
  });

  it('hands data of the grid only to partners with the scope that names exactly these', () => {
    const handed = Object.values(readTable().decisions).flatMap((ofLabels) =>
      Object.entries(ofLabels).flatMap(([rights, rows]) => {
        const scope = /handed on by (\S+)$/.exec(rights)?.[1];
        const shown = Object.keys(rows).filter((row) => row.startsWith('PARTNER_ACCESS'));
        return rights.includes(', grid') ? [{ scope, shown }] : [];
      }),
    );
    expect(handed.filter(({ scope }) => scope !== undefined).length).toBeGreaterThan(2);
    for (const { scope, shown } of handed) {
      const expected = ['adviser, granted everything', `adviser, granted ${scope}`];
      expect(shown).toEqual(scope === undefined ? [] : expected.map((caller) => `PARTNER_ACCESS: ${caller}`));
    }
  });

  it('uses amounts of money for no marketing', () => {
    const labels = Object.values(readTable().labels).flatMap((ofModels) => Object.values(ofModels));
    const amounts = labels.filter((label) => label.startsWith('BILLING'));
    expect(amounts.length).toBeGreaterThan(0);
    expect(amounts.filter((label) => label.includes('MARKETING'))).toEqual([]);
  });
});
