import { isLoopback } from '../browser/cookie-jar.js';
import type { Answer } from '../browser/exchange.js';
import { judge, judgeAll, skipped } from '../report/finding.js';
import { OWN, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

/** Where a program tells how it is built. */
const TRACE = /\n\s+at .+:\d+:\d+|node_modules|(?:file:\/\/)?\/[\w./-]+\.[jt]s:\d+/;

/** One answer of each kind, with the session where somebody can sign in. */
async function answersOf(stage: Stage): Promise<readonly Answer[]> {
  const browser = stage.actor === undefined ? stage.newBrowser() : await stage.guest();
  return [
    await browser.send(stage.url('/auth/session'), { headers: OWN }),
    await stage.graph(browser),
    await stage.newBrowser().send(stage.url('/auth/login')),
    await stage.newBrowser().send(stage.url('/auth/callback?code=x&state=x')),
    await stage.newBrowser().send(stage.url('/auth/logout'), { method: 'POST', headers: OWN }),
  ];
}

/** A rule for the headers of all answers. */
function everyAnswer(
  rule: Pick<Check, 'id' | 'requirement' | 'source' | 'level'>,
  holds: (header: (name: string) => string) => boolean,
  seen: string,
): Check {
  return {
    ...rule,
    async run(stage) {
      const broken = (await answersOf(stage)).filter(({ headers }) => !holds((name) => String(headers[name] ?? '')));
      return judgeAll(
        broken.map(({ url, status }) => `not ${url.pathname} (${status})`),
        seen,
      );
    },
  };
}

/** What answers say to browsers and caches besides their content. */
export const HEADER_CHECKS: readonly Check[] = [
  {
    id: 'transport.tls',
    requirement: 'The channel is reached by TLS',
    source: 'RFC 10017 §6.1.3.2',
    level: 'MUST',
    async run({ origin }) {
      const { protocol, hostname } = new URL(origin);
      if (protocol === 'https:') return judge(true, 'TLS');
      const isLocal = isLoopback(hostname);
      return judge(isLocal, isLocal ? 'on this machine, where browsers do without' : 'without TLS');
    },
  },
  {
    id: 'transport.hsts',
    requirement: 'Browsers are told never to come without TLS',
    source: 'RFC 6797 §7.1',
    level: 'SHOULD',
    async run(stage) {
      if (!stage.origin.startsWith('https:')) return skipped('this channel is on this machine, without TLS');
      const { headers } = await stage.newBrowser().send(stage.url('/auth/session'), { headers: OWN });
      const age = Number(/max-age=(\d+)/.exec(String(headers['strict-transport-security'] ?? ''))?.[1] ?? 0);
      return judge(age >= 15_552_000, `max-age=${age}`);
    },
  },
  everyAnswer(
    {
      id: 'headers.no-store',
      requirement: 'What is about somebody is stored nowhere on its way',
      source: 'RFC 9111 §5.2.2.5, OWASP ASVS 5.0 14.3.2',
      level: 'MUST',
    },
    (header) => header('cache-control').includes('no-store'),
    'no-store',
  ),
  everyAnswer(
    {
      id: 'headers.frames',
      requirement: 'No other site can frame the pages',
      source: 'RFC 9700 §4.16',
      level: 'MUST',
    },
    (header) => /frame-ancestors '(?:none|self)'/.test(header('content-security-policy')),
    'frame-ancestors',
  ),
  everyAnswer(
    {
      id: 'headers.scripts',
      requirement: 'Pages run no script that is not their own',
      source: 'RFC 10017 §6.1.4.1, OWASP ASVS 5.0 3.4.3',
      level: 'SHOULD',
    },
    (header) => {
      const policy = header('content-security-policy');
      return /default-src '(?:none|self)'/.test(policy) && !/script-src[^;]*'unsafe-(?:inline|eval)'/.test(policy);
    },
    'default-src',
  ),
  everyAnswer(
    {
      id: 'headers.referrer',
      requirement: 'Codes and states are not told to other sites as referrer',
      source: 'RFC 9700 §4.2.4',
      level: 'SHOULD',
    },
    (header) => ['no-referrer', 'same-origin'].includes(header('referrer-policy')),
    'no-referrer',
  ),
  everyAnswer(
    {
      id: 'headers.sniffing',
      requirement: 'Browsers do not guess what an answer is',
      source: 'OWASP ASVS 5.0 3.4.4',
      level: 'SHOULD',
    },
    (header) => header('x-content-type-options') === 'nosniff',
    'nosniff',
  ),
  {
    id: 'errors.quiet',
    requirement: 'Errors tell nothing of how the gateway is built',
    source: 'OWASP ASVS 5.0 16.5.1',
    level: 'SHOULD',
    async run(stage) {
      const browser = stage.newBrowser();
      const bad = { method: 'POST', headers: { 'content-type': 'application/json', ...OWN }, body: '{"query":' };
      const answers = [
        await browser.send(stage.url('/auth/callback?code=%00&state=%ff')),
        await browser.send(stage.url('/auth/nowhere')),
        await browser.send(stage.url('/auth/session'), { headers: { ...OWN, cookie: '__Host-saaltor=%00' } }),
        await browser.send(stage.url('/graphql'), bad),
        await browser.send(stage.url('/auth/backchannel-logout'), { ...bad, body: '{' }),
      ];
      const mistakes = answers.flatMap(({ url, status, body }) => {
        if (status >= 500) return [`${url.pathname} fails (${status})`];
        return TRACE.test(body) ? [`${url.pathname} tells (${status})`] : [];
      });
      return judgeAll(mistakes, answers.map(({ status }) => status).join(' '));
    },
  },
];
