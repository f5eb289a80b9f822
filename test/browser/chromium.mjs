import { chromium } from 'playwright-core';

/** Nothing that a test does not ask for: no updates, no sync, no QUIC past the proxies. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The certificates of the tests are made at run time.
  '--ignore-certificate-errors',
];

/**
 * A Chromium with an empty profile that knows these hosts only; the rest of the world is not there.
 * @param {ReadonlyMap<string, number>} hosts name → port on this machine
 */
export function openChromium(hosts) {
  const rules = [...hosts].map(([host, port]) => `MAP ${host} 127.0.0.1:${port}`);
  return chromium.launch({
    executablePath: process.env['CHROMIUM'],
    headless: true,
    args: [...QUIET, `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE 127.0.0.1'].join(', ')}`],
  });
}
