import { isRemoval, type SetCookie } from '../browser/set-cookie.js';
import { judge, judgeAll } from '../report/finding.js';
import type { Stage } from '../stage/stage.js';
import type { Check } from './check.js';

/** 128 bits in base64url. */
const LEAST_LENGTH = 22;
const LONGEST_SIGN_IN_SECONDS = 900;

/** All that the gateway sets from the beginning of a sign-in to its end, removals included. */
async function allCookies(stage: Stage): Promise<readonly SetCookie[]> {
  const from = stage.answers.length;
  await stage.begin();
  if (stage.actor !== undefined) await stage.signIn(stage.newBrowser());
  return stage.answers.slice(from).flatMap(({ cookies }) => cookies);
}

/** A rule for every cookie of the gateway. */
function everyCookie(
  rule: Pick<Check, 'id' | 'requirement' | 'level'>,
  isBroken: (cookie: SetCookie) => boolean,
  needs: 'person' | undefined = undefined,
): Check {
  return {
    ...rule,
    source: 'RFC 10017 §6.1.3.2',
    ...(needs !== undefined && { needs }),
    async run(stage) {
      const cookies = needs === 'person' ? await stage.sessionCookies() : await allCookies(stage);
      if (cookies.length === 0) throw new Error('the gateway sets no cookie');
      const broken = cookies.filter(isBroken).map(({ name }) => `not ${name}`);
      return judgeAll([...new Set(broken)], [...new Set(cookies.map(({ name }) => name))].join(' '));
    },
  };
}

/** The cookies that the gateway sets. */
export const COOKIE_CHECKS: readonly Check[] = [
  everyCookie(
    { id: 'cookie.secure', requirement: 'Cookies are Secure', level: 'MUST' },
    ({ attributes }) => !attributes.has('secure'),
  ),
  everyCookie(
    { id: 'cookie.http-only', requirement: 'Cookies are HttpOnly', level: 'MUST' },
    ({ attributes }) => !attributes.has('httponly'),
  ),
  everyCookie(
    { id: 'cookie.same-site', requirement: 'The session’s cookie is SameSite=Strict', level: 'SHOULD' },
    ({ attributes }) => attributes.get('samesite')?.toLowerCase() !== 'strict',
    'person',
  ),
  everyCookie(
    { id: 'cookie.path', requirement: 'Cookies have the path /', level: 'SHOULD' },
    ({ attributes }) => attributes.get('path') !== '/',
  ),
  everyCookie({ id: 'cookie.domain', requirement: 'Cookies have no Domain', level: 'SHOULD' }, ({ attributes }) =>
    attributes.has('domain'),
  ),
  everyCookie(
    { id: 'cookie.host-prefix', requirement: 'Cookies begin with __Host-', level: 'SHOULD' },
    ({ name }) => !name.startsWith('__Host-'),
  ),
  everyCookie(
    { id: 'cookie.opaque', requirement: 'The session’s cookie is long, random and tells nothing', level: 'SHOULD' },
    ({ value }) => value.length < LEAST_LENGTH || !/^[\w-]+$/.test(value) || value.startsWith('eyJ'),
    'person',
  ),
  {
    id: 'cookie.sign-in',
    // It has to come back from the provider's site, for which Strict would be too much.
    requirement: 'The cookie of a sign-in under way is Lax, short-lived and encrypted',
    source: 'RFC 10017 §6.1.3.2',
    level: 'SHOULD',
    async run(stage) {
      const browser = stage.newBrowser();
      const from = stage.answers.length;
      const { searchParams: query } = await stage.begin(browser);
      const cookies = stage.answers.slice(from).flatMap((answer) => answer.cookies.filter((one) => !isRemoval(one)));
      const secrets = ['state', 'nonce'].flatMap((name) => query.get(name) ?? []);
      const mistakes = cookies.flatMap(({ value, attributes }) => {
        const site = attributes.get('samesite')?.toLowerCase() ?? 'nothing';
        const age = Number(attributes.get('max-age') ?? Number.NaN);
        const readable = [value, Buffer.from(value, 'base64url').toString('latin1'), decodeURIComponent(value)];
        return [
          ...(site === 'lax' || site === 'strict' ? [] : [`SameSite=${site}`]),
          ...(age > 0 && age <= LONGEST_SIGN_IN_SECONDS ? [] : [`Max-Age=${attributes.get('max-age')}`]),
          ...(readable.some((text) => secrets.some((secret) => text.includes(secret))) ? ['it can be read'] : []),
        ];
      });
      if (cookies.length === 0) return judge(false, 'there is none');
      return judgeAll(mistakes, cookies.map(({ attributes }) => `Max-Age=${attributes.get('max-age')}`).join(' '));
    },
  },
  {
    id: 'session.fixation',
    requirement: 'Each sign-in makes a new session id; planted and former ones are worth nothing',
    source: 'RFC 10017 §6.1.3.2, OWASP ASVS 5.0 7.2.4',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const names = (await stage.sessionCookies()).map(({ name }) => name);
      const [browser, attacker] = [stage.newBrowser(), stage.newBrowser()];
      const planted = 'A'.repeat(43);
      for (const jar of [browser.jar, attacker.jar]) for (const name of names) jar.plant(stage.url('/'), name, planted);
      await stage.signIn(browser);
      const mistakes: string[] = [];
      if ((await stage.state(attacker)).signedIn) mistakes.push('a planted id has become a session');
      const former = browser.copy();
      await stage.signIn(browser);
      const values = [browser, former].map(({ jar }) => names.map((name) => jar.find(stage.url('/'), name)).join());
      if (values[0] === values[1]) mistakes.push('the id stays the same');
      if ((await stage.state(former)).signedIn) mistakes.push('the former id goes on');
      return judgeAll(mistakes, 'new each time');
    },
  },
  {
    id: 'session.step-up',
    requirement: 'A second factor counts after it was shown only, and renames the session',
    source: 'OWASP ASVS 5.0 7.2.4, OIDC Core §3.1.2.1',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const browser = await stage.signedIn();
      const mistakes: string[] = [];
      if ((await stage.state(browser)).stepUpUntil !== null) mistakes.push('it counts before');
      const former = browser.copy();
      const request = await stage.begin(browser.copy(), '/auth/step-up');
      if (request.searchParams.get('max_age') !== '0') mistakes.push('an older one would do');
      await stage.signIn(browser, '/auth/step-up');
      const { stepUpUntil } = await stage.state(browser);
      if (stepUpUntil === null) mistakes.push('it does not count afterwards');
      if ((await stage.state(former)).signedIn) mistakes.push('the former id goes on');
      return judgeAll(mistakes, 'asked for anew, under a new id');
    },
  },
];
