import { describe, expect, it } from '@jest/globals';
import { zipSync, type Zippable } from 'fflate';
import { AppError } from '#lib/kernel';
import { openGtfs } from './gtfs-archive.js';

const text = (content: string): Uint8Array => new Uint8Array(Buffer.from(content));

function fileOf(files: Zippable, name: string): string | null {
  return openGtfs(Buffer.from(zipSync(files)))(name)?.toString() ?? null;
}

describe('the archive of a GTFS feed', () => {
  it('gives files by name, the outermost first, and none for empty ones', () => {
    const files = {
      '__MACOSX/stops.txt': text('resource fork'),
      'gtfs/stops.txt': text('inner'),
      'stops.txt': text('outer'),
      'gtfs/deep/routes.txt': text('only'),
      'calendar.txt': text(''),
    };
    expect(['stops.txt', 'routes.txt', 'calendar.txt', 'trips.txt'].map((name) => fileOf(files, name))).toEqual([
      'outer',
      'only',
      null,
      null,
    ]);
  });

  it('is refused when a name leads out of its folder, also of a file nobody asks for', () => {
    expect(() => fileOf({ 'stops.txt': text('x'), '../evil.txt': text('x') }, 'stops.txt')).toThrow(AppError);
  });

  it('is refused when it claims to unpack to too much, before anything is unpacked', () => {
    const archive = Buffer.from(zipSync({ 'stops.txt': text('content') }));
    archive.writeUInt32LE(301 * 1024 * 1024, archive.readUInt32LE(archive.length - 6) + 24);
    expect(() => openGtfs(archive)('stops.txt')).toThrow('unpacks the feed to more than');
  });

  it('is refused when a file is packed tighter than any real one', () => {
    expect(() => fileOf({ 'stops.txt': new Uint8Array(4 * 1024 * 1024) }, 'stops.txt')).toThrow(AppError);
  });
});
