import type { Browser } from '../browser/browser.js';
import type { Answer, Ask } from '../browser/exchange.js';
import { judge, judgeAll } from '../report/finding.js';
import { isKnown, isRefused, OWN, WHO, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

const JSON_BODY = JSON.stringify({ query: WHO });
const FORM = new URLSearchParams({ query: WHO }).toString();
const PARTS = `--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n${WHO}\r\n--b--\r\n`;
/** So that Apollo's own defence does not stand in for the gateway's. */
const PREFLIGHT = { 'apollo-require-preflight': '1' };

interface Route extends Ask {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

const post = (type: string, body: string): Route => ({
  path: '/graphql',
  method: 'POST',
  headers: { 'content-type': type, ...PREFLIGHT },
  body,
});

/** Every kind of request that goes by the session's cookie. */
const ROUTES: readonly Route[] = [
  post('application/json', JSON_BODY),
  post('text/plain', JSON_BODY),
  post('application/x-www-form-urlencoded', FORM),
  post('multipart/form-data; boundary=b', PARTS),
  { path: `/graphql?query=${encodeURIComponent(WHO)}`, headers: PREFLIGHT },
  { path: '/auth/session', headers: {} },
  { path: '/auth/logout', method: 'POST', headers: {} },
];

const nameOf = ({ method = 'GET', path, headers }: Route): string =>
  [method, path.split('?')[0], headers['content-type']?.split(';')[0]].filter(Boolean).join(' ');

function send(stage: Stage, browser: Browser, { path, ...ask }: Route, headers: object): Promise<Answer> {
  return browser.send(stage.url(path), { ...ask, headers: { ...ask.headers, ...headers } });
}

/** Refused, or told what everybody is told who is not signed in. */
function isTurnedAway(answer: Answer): boolean {
  return isRefused(answer) || (answer.url.pathname === '/auth/session' && /"signedIn":\s*false/.test(answer.body));
}

/** Sends every kind of request as somebody else's page would. @returns which of them were not refused */
async function unrefused(stage: Stage, headers: object, what = ''): Promise<string[]> {
  const mistakes: string[] = [];
  for (const route of ROUTES) {
    const answer = await send(stage, await stage.guest(), route, headers);
    if (!isTurnedAway(answer)) mistakes.push(`${nameOf(route)} is answered ${answer.status}${what}`);
  }
  if (!(await stage.state(await stage.guest())).signedIn) mistakes.push('the session has ended');
  return mistakes;
}

/** Requests that other sites make a browser send. */
export const FORGERY_CHECKS: readonly Check[] = [
  {
    id: 'csrf.own-request',
    requirement: 'The channel’s own requests are answered',
    source: 'RFC 10017 §6.1.1',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const own = { ...OWN, origin: stage.origin, 'sec-fetch-site': 'same-origin' };
      const answer = await stage.graph(await stage.guest(), own);
      return judge(isKnown(answer), `${answer.status}, ${isKnown(answer) ? 'known' : 'unknown'}`);
    },
  },
  {
    id: 'csrf.header',
    requirement: 'Every request with the session needs the custom header',
    source: 'RFC 10017 §6.1.3.3.2',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      return judgeAll(await unrefused(stage, {}), `${ROUTES.length} kinds of request are refused without`);
    },
  },
  {
    id: 'csrf.origin',
    requirement: 'A foreign Origin is refused the session, header or not',
    source: 'RFC 10017 §6.1.3.3',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const { protocol, host, hostname } = new URL(stage.origin);
      const foreign = [
        'https://elsewhere.example',
        'null',
        `${protocol}//neighbour.${host}`,
        `${stage.origin}.elsewhere.example`,
        `${protocol === 'https:' ? 'http' : 'https'}://${host}`,
        `${protocol}//${hostname}:1`,
      ];
      const mistakes: string[] = [];
      for (const origin of foreign) mistakes.push(...(await unrefused(stage, { ...OWN, origin }, ` from ${origin}`)));
      return judgeAll(mistakes, `${foreign.length} origins on ${ROUTES.length} kinds of request`);
    },
  },
  {
    id: 'csrf.fetch-metadata',
    requirement: 'What the browser calls cross-site or same-site is refused the session',
    source: 'W3C Fetch Metadata §2.3',
    level: 'SHOULD',
    needs: 'person',
    async run(stage) {
      const mistakes: string[] = [];
      for (const site of ['cross-site', 'same-site']) {
        mistakes.push(...(await unrefused(stage, { ...OWN, 'sec-fetch-site': site }, ` when ${site}`)));
      }
      return judgeAll(mistakes, 'both, also with the header');
    },
  },
  {
    id: 'csrf.cors',
    requirement: 'No other origin is told yes',
    source: 'RFC 10017 §6.1.3.3.2',
    level: 'MUST',
    async run(stage) {
      const browser = stage.newBrowser();
      const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-saaltor' };
      const mistakes: string[] = [];
      for (const origin of ['https://elsewhere.example', 'null']) {
        for (const path of ['/graphql', '/auth/session', '/auth/logout']) {
          const preflight = await browser.send(stage.url(path), { method: 'OPTIONS', headers: { origin, ...asked } });
          const plain = await browser.send(stage.url(path), { headers: { origin, ...OWN } });
          const allowed = [preflight, plain].some(
            ({ headers }) => headers['access-control-allow-origin'] !== undefined,
          );
          if (allowed) mistakes.push(`${path} lets ${origin} in`);
        }
      }
      return judgeAll(mistakes, 'three paths, two origins');
    },
  },
  {
    id: 'csrf.safe-methods',
    requirement: 'GET changes nothing',
    source: 'RFC 9110 §9.2.1',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const browser = await stage.guest();
      const query = encodeURIComponent('mutation { __typename }');
      const own = { headers: { ...OWN, ...PREFLIGHT } };
      const mutation = await browser.send(stage.url(`/graphql?query=${query}`), own);
      const signOut = await browser.send(stage.url('/auth/logout'), own);
      const mistakes = [
        ...(mutation.status < 400 ? [`a mutation is answered ${mutation.status}`] : []),
        ...(signOut.status < 400 ? [`the sign-out is answered ${signOut.status}`] : []),
        ...((await stage.state(browser)).signedIn ? [] : ['the session has ended']),
      ];
      return judgeAll(mistakes, `mutation ${mutation.status}, sign-out ${signOut.status}`);
    },
  },
];
