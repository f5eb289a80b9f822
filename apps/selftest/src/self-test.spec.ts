import { afterEach, describe, expect, it } from '@jest/globals';
import { ALL_CHECKS } from './checks/all-checks.js';
import { exitCodeOf, type Report } from './report/report.js';
import { runSelfTest } from './self-test.js';
import { Stage } from './stage/stage.js';
import { FakeHouse } from './testing/fake-house.js';
import type { Fault } from './testing/fault.js';

/** What is wrong, and which check must notice it. */
const NOTICED: readonly (readonly [Fault, string])[] = [
  ['implicit-grant', 'authorization.code'],
  ['no-pkce', 'authorization.pkce'],
  ['fixed-state', 'authorization.fresh'],
  ['redirect-by-query', 'authorization.redirect-uri'],
  ['secret-in-address', 'authorization.front-channel'],
  ['public-client', 'client.confidential'],
  ['redirects-by-prefix', 'provider.redirect-uri'],
  ['pkce-optional', 'provider.pkce'],
  ['no-session', 'callback.works'],
  ['address-keeps-code', 'callback.clean-address'],
  ['any-state', 'callback.state'],
  ['any-issuer', 'callback.issuer'],
  ['any-browser', 'callback.same-browser'],
  ['any-code', 'callback.code-injection'],
  ['answers-again', 'callback.once'],
  ['open-redirect', 'callback.open-redirect'],
  ['not-secure', 'cookie.secure'],
  ['not-http-only', 'cookie.http-only'],
  ['lax-session', 'cookie.same-site'],
  ['deep-path', 'cookie.path'],
  ['with-domain', 'cookie.domain'],
  ['plain-name', 'cookie.host-prefix'],
  ['telling-cookie', 'cookie.opaque'],
  ['endless-sign-in', 'cookie.sign-in'],
  ['readable-sign-in', 'cookie.sign-in'],
  ['adopts-planted-id', 'session.fixation'],
  ['keeps-former-id', 'session.fixation'],
  ['step-up-keeps-id', 'session.step-up'],
  ['step-up-counts-always', 'session.step-up'],
  ['refuses-everybody', 'csrf.own-request'],
  ['header-on-writes-only', 'csrf.header'],
  ['any-origin', 'csrf.origin'],
  ['ignores-fetch-metadata', 'csrf.fetch-metadata'],
  ['cors-for-all', 'csrf.cors'],
  ['changes-by-get', 'csrf.safe-methods'],
  ['token-in-body', 'tokens.away'],
  ['takes-unsigned-tokens', 'tokens.wrong'],
  ['fetches-named-keys', 'tokens.wrong'],
  ['reuses-refresh-token', 'tokens.rotation'],
  ['never-renews', 'tokens.rotation'],
  ['cookie-gone-only', 'sign-out.session'],
  ['no-provider-sign-out', 'sign-out.provider'],
  ['deaf-to-provider', 'back-channel.ends'],
  ['believes-logout-tokens', 'back-channel.forged'],
  ['answers-stored', 'headers.no-store'],
  ['pages-framed', 'headers.frames'],
  ['scripts-run', 'headers.scripts'],
  ['referrer-told', 'headers.referrer'],
  ['types-guessed', 'headers.sniffing'],
  ['tells-traces', 'errors.quiet'],
  ['believes-forwarded-host', 'outbound.host'],
  ['session-on-any-host', 'outbound.host'],
  ['visits-issuers', 'outbound.allow-list'],
  ['proxies', 'outbound.allow-list'],
];
/** Checks of the transport itself, which needs a channel that is not on this machine. */
const OF_TRANSPORT = ['transport.tls', 'transport.hsts'];

describe('the self-test', () => {
  const houses: FakeHouse[] = [];
  afterEach(async () => {
    await Promise.all(houses.splice(0).map((house) => house.close()));
  });

  const run = async (faults: readonly Fault[], change: object = {}): Promise<Report> => {
    const house = await FakeHouse.open(...faults);
    houses.push(house);
    const sandbox = new URL(house.controlUrl);
    const target = { gateway: house.gatewayUrl, channel: undefined, persona: 'aylin', sandbox, patienceMs: 2_000 };
    return runSelfTest({ ...target, ...change });
  };

  it('finds nothing where all is as it should be', async () => {
    const report = await run([]);
    const rest = report.lines.filter(({ outcome }) => outcome !== 'ok');
    expect(rest.map(({ id, outcome, seen }) => [id, outcome, seen])).toEqual([
      ['transport.hsts', 'skipped', expect.any(String)],
    ]);
    expect([report.persona, report.channel, exitCodeOf(report)]).toEqual(['aylin', 'portal', 0]);
    expect(report.lines.map(({ id }) => id)).toEqual(ALL_CHECKS.map(({ id }) => id));
  });

  it.each(NOTICED)('notices "%s": %s', async (fault, id) => {
    const patienceMs = fault === 'never-renews' ? 200 : 2_000;
    const { lines } = await run([fault], { only: [id], patienceMs });
    expect(lines.map(({ id: found, outcome }) => [found, outcome])).toEqual([[id, 'failed']]);
  });

  it('has no check that cannot fail', () => {
    const noticing = new Set([...NOTICED.map(([, id]) => id), ...OF_TRANSPORT]);
    expect(ALL_CHECKS.map(({ id }) => id).filter((id) => !noticing.has(id))).toEqual([]);
  });

  it('names each check once, and where its requirement stands', () => {
    const ids = ALL_CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { source } of ALL_CHECKS) expect(source).toMatch(/(?:RFC \d+|OIDC [A-Z]|W3C|ASVS).* §?\d/);
  });

  it('ends with 1 when a MUST does not hold, and with 0 for a SHOULD', async () => {
    expect(exitCodeOf(await run(['not-http-only'], { only: ['cookie.http-only'] }))).toBe(1);
    expect(exitCodeOf(await run(['lax-session'], { only: ['cookie.same-site'] }))).toBe(0);
  });

  it('takes a channel without TLS for a mistake, unless it is on this machine', async () => {
    const tls = ALL_CHECKS.find(({ id }) => id === 'transport.tls')!;
    const at = async (origin: string): Promise<string> => (await tls.run(new Stage(origin, undefined, 0))).outcome;
    expect([await at('http://portal.example'), await at('https://portal.example')]).toEqual(['failed', 'ok']);
    expect([await at('http://counter.localhost:4000'), await at('http://127.0.0.1:1')]).toEqual(['ok', 'ok']);
  });

  it.each([
    [undefined, 'failed'],
    ['max-age=60', 'failed'],
    ['max-age=31536000', 'ok'],
  ])('judges strict transport security by its time: %s', async (header, outcome) => {
    const hsts = ALL_CHECKS.find(({ id }) => id === 'transport.hsts')!;
    const headers = { 'strict-transport-security': header };
    const browser = { send: () => Promise.resolve({ headers }) };
    const stage = { origin: 'https://portal.example', url: () => undefined, newBrowser: () => browser };
    expect((await hsts.run(stage as unknown as Stage)).outcome).toBe(outcome);
  });

  describe('where nobody can sign in', () => {
    const unknown = new URL('http://127.0.0.1:1');

    it('looks at what is open to everybody, and says what it leaves out', async () => {
      const { lines, persona } = await run([], { sandbox: unknown });
      expect(persona).toBeNull();
      expect(lines.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
      const left = lines.filter(({ outcome }) => outcome === 'skipped').map(({ id }) => id);
      const needing = ALL_CHECKS.filter(({ needs }) => needs === 'person').map(({ id }) => id);
      expect(left).toEqual(expect.arrayContaining(needing));
      expect(left).toHaveLength(needing.length + 1);
    });

    it('does not sign in with the sandbox of another gateway', async () => {
      const other = await FakeHouse.open();
      houses.push(other);
      const report = await run([], { sandbox: new URL(other.controlUrl), only: ['callback.works'] });
      expect([report.persona, report.lines[0]?.outcome]).toEqual([null, 'skipped']);
    });

    it('is refused for somebody whom the sandbox does not know', async () => {
      await expect(run([], { persona: 'x' })).rejects.toThrow('nobody called "x"');
    });
  });

  it('is refused where another channel is, or no gateway', async () => {
    await expect(run([], { channel: 'kiosk' })).rejects.toThrow('no channel "kiosk"');
    await expect(run([], { gateway: 'http://127.0.0.1:1' })).rejects.toThrow('does not answer');
  });
});
