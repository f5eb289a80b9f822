import type { Browser } from '../browser/browser.js';
import { exchange, type Answer } from '../browser/exchange.js';
import { judgeAll } from '../report/finding.js';
import { Canary } from '../stage/canary.js';
import { isKnown, OWN, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

const ELSEWHERE = 'elsewhere.example';

/** Ways to tell a server that it is somebody else. */
const DISGUISES: readonly Readonly<Record<string, string>>[] = [
  { host: ELSEWHERE },
  { 'x-forwarded-host': ELSEWHERE, 'x-forwarded-proto': 'https' },
  { forwarded: `host=${ELSEWHERE};proto=https` },
  { 'x-original-host': ELSEWHERE, 'x-host': ELSEWHERE },
];

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that says where its keys are. */
function tokenOf(url: string, type: string): string {
  const header = { alg: 'RS256', typ: type, kid: 'elsewhere', jku: `${url}/jwks`, x5u: `${url}/chain` };
  const now = Math.floor(Date.now() / 1_000);
  return `${encode(header)}.${encode({ iss: url, aud: url, sub: 'x', iat: now, exp: now + 60, jti: 'x' })}.${'A'.repeat(342)}`;
}

/** Puts the address wherever a request can name one. */
async function lure(stage: Stage, url: string, browser: Browser): Promise<void> {
  const { host } = new URL(url);
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  const here = (path: string): URL => stage.url(path);
  const query = encodeURIComponent(url);
  await stage.begin(browser);
  await browser.send(here(`/auth/callback?code=x&state=x&iss=${query}&issuer=${query}&redirect_uri=${query}`));
  await browser.send(here(`/auth/login?returnTo=${query}&iss=${query}&redirect_uri=${query}&request_uri=${query}`));
  await browser.send(here('/auth/login'), { headers: { referer: url, 'x-forwarded-host': host } });
  await browser.send(here('/auth/login'), { headers: { host } });
  await browser.send(here('/graphql'), { target: `${url}/through`, headers: OWN });
  await browser.send(here('/auth/session'), { target: `//${host}/through`, headers: OWN });
  await browser.send(here('/auth/backchannel-logout'), {
    method: 'POST',
    headers: form,
    body: new URLSearchParams({ logout_token: tokenOf(url, 'logout+jwt') }).toString(),
  });
  await stage.graph(browser, { authorization: `Bearer ${tokenOf(url, 'at+jwt')}` });
}

/** Whether the name turns up where a browser would follow it. */
function repeats({ headers, body }: Answer): boolean {
  const { location } = headers;
  return [String(location ?? ''), body].some((text) => decodeURIComponentSafely(text).includes(ELSEWHERE));
}

function decodeURIComponentSafely(text: string): string {
  return text.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** Where the gateway can be made to go, or to believe that it is. */
export const OUTBOUND_CHECKS: readonly Check[] = [
  {
    id: 'outbound.host',
    requirement: 'Nobody can tell the gateway that it is somewhere else',
    source: 'RFC 10017 §6.1.3.4, RFC 9700 §4.1.3',
    level: 'MUST',
    async run(stage) {
      const mistakes: string[] = [];
      for (const disguise of DISGUISES) {
        const name = Object.keys(disguise)[0];
        if (repeats(await exchange(stage.url('/auth/login'), { headers: disguise }))) {
          mistakes.push(`${name} leads the sign-in elsewhere`);
        }
      }
      if (stage.actor !== undefined) {
        const answer = await stage.graph(await stage.guest(), { ...OWN, host: ELSEWHERE });
        if (isKnown(answer)) mistakes.push('the session counts on another host');
      }
      return judgeAll(mistakes, `${DISGUISES.length} disguises`);
    },
  },
  {
    id: 'outbound.allow-list',
    requirement: 'No request makes the gateway go to an address that it names',
    source: 'RFC 10017 §6.1.3.4',
    level: 'MUST',
    needs: 'this-machine',
    async run(stage) {
      const canary = await Canary.open();
      try {
        await lure(stage, canary.url, stage.newBrowser());
        if (stage.actor !== undefined) await lure(stage, canary.url, await stage.signedIn());
        return judgeAll(canary.visits, 'nobody came');
      } finally {
        await canary.close();
      }
    },
  },
];
