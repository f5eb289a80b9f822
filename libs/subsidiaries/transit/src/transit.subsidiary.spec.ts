import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { transit } from './index.js';
import { DeparturesQuery } from './partner/departures.dto.js';
import { fixture, SETTINGS } from './testing/scripted-upstream.js';
import { TransitSettings } from './transit.settings.js';

const [hafas] = transit.readers;

describe('the transit subsidiary', () => {
  it('reads answers of HAFAS and leaves documents alone', () => {
    expect(hafas?.covers('transit-hafas/board.json')).toBe(true);
    expect(hafas?.covers('transit-hafas/PROVENANCE.md')).toBe(false);
    expect(hafas?.covers('transit-gtfs/board.json')).toBe(false);
    expect(hafas?.read(fixture('station-board.answer.json'), '')).toMatchObject({
      version: '1.78',
      services: [{ method: 'StationBoard', content: { kind: 'BOARD' } }],
    });
  });

  it.each([
    ['hafasUrl', 'hafas.example'],
    ['hafasUrl', 'file:///etc/hosts'],
    ['hafasAid', ''],
    ['hafasSalt', 'abc'],
    ['hafasSalt', 'no hex'],
    ['gtfsUrl', 'gtfs.example'],
    ['gtfsTimetablePath', 'gtfs.zip'],
    ['gtfsAlertsPath', '//elsewhere.example/alerts.pb'],
    ['gtfsRefreshMinutes', 0],
    ['shopUrl', ''],
    ['shopClientSecret', ''],
  ])('refuses a wrong setting %s %j', (property, value) => {
    expect(validateSync(plainToInstance(TransitSettings, { ...SETTINGS }))).toEqual([]);
    const wrong = plainToInstance(TransitSettings, { ...SETTINGS, [property]: value });
    expect(validateSync(wrong).map((problem) => problem.property)).toEqual([property]);
  });
});

const problems = (query: object): string[] =>
  validateSync(plainToInstance(DeparturesQuery, query)).map(({ property }) => property);

describe('the query of partners', () => {
  it('has defaults and reads numbers from text', () => {
    expect(plainToInstance(DeparturesQuery, {})).toEqual({ first: 10 });
    expect(plainToInstance(DeparturesQuery, { first: '25' }).first).toBe(25);
    expect(problems({ first: '100' })).toEqual([]);
  });

  it.each(['0', '101', '1.5', 'ten', ''])('refuses first=%j', (first) => {
    expect(problems({ first })).toEqual(['first']);
  });

  it('refuses a repeated parameter', () => {
    expect(problems({ from: ['a', 'b'] })).toEqual(['from']);
  });
});
