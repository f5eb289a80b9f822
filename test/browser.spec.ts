import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemClock } from '#lib/kernel';
import { openHouse, type House } from './harness.js';

const FOLDER = fileURLToPath(new URL('browser/', import.meta.url));
const CHROMIUM = '/usr/bin/chromium';
/** Makes the certificates. */
const OPENSSL = '/usr/bin/openssl';
const LONGEST_MS = 120_000;

/** Two channels of different registrable names, each behind a proxy on this machine. */
const CHANNELS = [
  {
    name: 'portal',
    origin: 'https://portal.stadt-beispiel.test',
    audience: 'customer',
    clientId: 'saaltor-portal',
    clientSecret: 'saaltor-portal-sandbox-secret',
  },
  {
    name: 'counter',
    origin: 'https://schalter.gruppe-beispiel.test',
    audience: 'agent',
    clientId: 'saaltor-counter',
    clientSecret: 'saaltor-counter-sandbox-secret',
  },
];

/** Why these tests cannot run on this machine; undefined when they can. */
function obstacle(): string | undefined {
  const missing = [CHROMIUM, OPENSSL].find((program) => !existsSync(program));
  if (missing !== undefined) return `there is no ${missing}`;
  if (!existsSync(join(FOLDER, 'node_modules/playwright-core'))) return '"npm ci --prefix test/browser" was not run';
  return undefined;
}

const reason = obstacle();
if (reason !== undefined) process.stderr.write(`not run: sign-in in a real browser, because ${reason}\n`);

/** Runs one file of tests in a Node of its own, since a browser's driver and Jest's modules do not mix. */
function run(file: string, house: House): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--test', '--test-reporter=spec', join(FOLDER, file)], {
      env: { ...process.env, GATEWAY_URL: house.url, SANDBOX_URL: house.sandbox.controlUrl, CHROMIUM, OPENSSL },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LONGEST_MS,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

(reason === undefined ? describe : describe.skip)('in a real browser', () => {
  let house: House;

  beforeAll(async () => {
    const environment = {
      CHANNELS: JSON.stringify(CHANNELS),
      SESSION_KEY: Buffer.alloc(32, 7).toString('base64'),
      TRUSTED_PROXIES: '127.0.0.1',
      PARTNER_ORIGIN: CHANNELS[0]!.origin,
    };
    house = await openHouse({ clock: systemClock, environment });
  }, 60_000);
  afterAll(() => house?.close());

  it.each([
    ['people sign in and out', 'sign-in.tests.mjs'],
    ['other sites get nowhere', 'forgery.tests.mjs'],
    ['everybody can use the pages', 'pages.tests.mjs'],
  ])(
    '%s',
    async (_what, file) => {
      const { code, output } = await run(file, house);
      if (code !== 0) process.stderr.write(output);
      expect(code).toBe(0);
    },
    LONGEST_MS + 10_000,
  );
});

if (reason !== undefined && process.env['CI'] === 'true') {
  it('the tests in a real browser can run where changes are checked', () => {
    expect(reason).toBeUndefined();
  });
} else if (reason !== undefined) {
  it.skip(`in a real browser: not run, because ${reason}`, () => undefined);
}
