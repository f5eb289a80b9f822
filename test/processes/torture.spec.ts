import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../..');
const PATIENCE_MS = 300_000;
const KINDS = 7;
const COMMANDS = 6 * KINDS;

const run = promisify(execFile);

interface Report {
  readonly submitted: number;
  readonly kills: number;
  readonly databaseStops: number;
  readonly foreignBookings: number;
  readonly missed: readonly string[];
  readonly complaints: readonly string[];
  readonly comparison: {
    readonly violations: readonly unknown[];
    readonly tallies: readonly { kind: string; submitted: number; done: number; uncertain: number }[];
  };
}

describe('commands while gateways are killed and the database crashes', () => {
  let house: string;

  /** A build of its own: that of the checkout may be made anew by others meanwhile. */
  beforeAll(async () => {
    house = mkdtempSync(join(tmpdir(), 'saaltor-torture-'));
    cpSync(join(ROOT, 'package.json'), join(house, 'package.json'));
    symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
    const compiler = join(ROOT, 'node_modules/@swc/cli/bin/swc.js');
    await run(process.execPath, [compiler, 'apps', 'libs', '-d', join(house, 'dist'), '--quiet'], { cwd: ROOT });
  }, PATIENCE_MS);
  afterAll(() => rmSync(house, { recursive: true }));

  it(
    'are neither lost nor doubled',
    async () => {
      const file = join(house, 'report.json');
      const options = ['--short', '--commands', String(COMMANDS), '--workers', '2', '--seed', '7', '--json', file];
      // Its output says what went wrong, if anything did.
      const program = [join(house, 'dist/apps/torture/src/main.js'), ...options];
      await run(process.execPath, program, { cwd: house, timeout: PATIENCE_MS - 10_000 });
      const { comparison, ...report } = JSON.parse(readFileSync(file, 'utf8')) as Report;
      expect(report).toMatchObject({ submitted: COMMANDS, databaseStops: 1, missed: [], complaints: [] });
      expect(report.kills).toBeGreaterThanOrEqual(4);
      expect(report.foreignBookings).toBeGreaterThan(0);
      expect(comparison.violations).toEqual([]);
      for (const { kind, submitted, done, uncertain } of comparison.tallies) {
        expect([kind, submitted]).toEqual([kind, COMMANDS / KINDS]);
        // Only money may be uncertain, and only where an answer was taken away.
        expect([kind, done + (kind === 'pools.top-up-card' ? uncertain : 0)]).toEqual([kind, submitted]);
      }
    },
    PATIENCE_MS,
  );
});
