import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { readers } from './readers.js';

describe('the list of readers', () => {
  it('names each format once', () => {
    const names = readers.map(({ format }) => format);
    expect(names).toEqual([...new Set(names)]);
  });

  it('knows the system of the service centre, which no subsidiary owns', () => {
    const reader = readers.find(({ covers }) => covers('servicecentre-zms/answer.json'));
    expect(reader?.format).toBe('zms');
    expect(reader?.read(Buffer.from('{"appointmentTimestamps": []}'), 'answer.json')).toEqual({
      value: { kind: 'slots', slots: [] },
      omissions: [],
    });
  });
});
