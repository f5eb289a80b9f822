import { createHmac } from 'node:crypto';
import { isRemoval } from '../browser/set-cookie.js';
import { judge, judgeAll, type Finding } from '../report/finding.js';
import { OWN, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

const BACK_CHANNEL = '/auth/backchannel-logout';
const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';
const HEADERS = { 'content-type': 'application/x-www-form-urlencoded' };

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Logout tokens as someone could make them who knows all but the keys. */
async function forgedTokens(stage: Stage): Promise<Readonly<Record<string, string>>> {
  const { issuer } = await stage.describeProvider();
  const clientId = (await stage.begin()).searchParams.get('client_id') ?? '';
  const now = Math.floor(Date.now() / 1_000);
  const subject = stage.actor?.persona ?? 'somebody';
  const claims = {
    iss: issuer,
    aud: clientId,
    sub: subject,
    iat: now,
    exp: now + 60,
    jti: `${now}`,
    events: { [LOGOUT]: {} },
  };
  const signed = `${encode({ alg: 'HS256', typ: 'logout+jwt' })}.${encode(claims)}`;
  return {
    nothing: '',
    nonsense: 'nonsense',
    'an unsigned token': `${encode({ alg: 'none', typ: 'logout+jwt' })}.${encode(claims)}.`,
    'a token signed with the client’s name': `${signed}.${createHmac('sha256', clientId).update(signed).digest('base64url')}`,
  };
}

/** Signs out and hands over what was seen. */
async function leave(stage: Stage) {
  const browser = await stage.signedIn();
  const thief = browser.copy();
  const answer = await browser.send(stage.url('/auth/logout'), { method: 'POST', headers: OWN });
  return { browser, thief, answer };
}

function fieldOf(body: string, name: string): unknown {
  try {
    return (JSON.parse(body) as Record<string, unknown>)[name];
  } catch {
    return undefined;
  }
}

/** How sessions end. */
export const SIGN_OUT_CHECKS: readonly Check[] = [
  {
    id: 'sign-out.session',
    requirement: 'Signing out ends the session at once, for copies of the cookie, too',
    source: 'OWASP ASVS 5.0 7.4.1',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const { browser, thief, answer } = await leave(stage);
      const mistakes = [
        ...((await stage.state(thief)).signedIn ? ['a copy of the cookie goes on'] : []),
        ...((await stage.state(browser)).signedIn ? ['the browser is still signed in'] : []),
        ...(answer.cookies.some(isRemoval) ? [] : ['the cookie is not removed']),
      ];
      return judgeAll(mistakes, `${answer.status}, and nobody is signed in`);
    },
  },
  {
    id: 'sign-out.provider',
    requirement: 'Signing out leads on to the provider, and from there back to the channel only',
    source: 'OIDC RP-Initiated Logout 1.0 §2, §3',
    level: 'SHOULD',
    needs: 'person',
    async run(stage) {
      const { body } = (await leave(stage)).answer;
      const told = fieldOf(body, 'endSessionUrl');
      if (typeof told !== 'string' || !URL.canParse(told)) return judge(false, 'no way is told');
      const url = new URL(told);
      const { issuer } = await stage.describeProvider();
      const back = url.searchParams.get('post_logout_redirect_uri') ?? '';
      const isRight = url.origin === new URL(issuer).origin && back.startsWith(`${stage.origin}/`);
      return judge(isRight, `${url.origin}${url.pathname}, back to ${back}`);
    },
  },
  {
    id: 'back-channel.ends',
    requirement: 'The provider’s logout token ends the session',
    source: 'OIDC Back-Channel Logout 1.0 §2.7',
    level: 'MUST',
    needs: 'person',
    async run(stage): Promise<Finding> {
      const browser = await stage.signedIn();
      const { sandbox, persona } = stage.player;
      await sandbox.signOut(persona);
      const { signedIn } = await stage.state(browser);
      return judge(!signedIn, signedIn ? 'the session goes on' : 'ended before the provider was answered');
    },
  },
  {
    id: 'back-channel.forged',
    requirement: 'Forged logout tokens are refused with 400, and end nothing',
    source: 'OIDC Back-Channel Logout 1.0 §2.6, §2.8',
    level: 'MUST',
    async run(stage) {
      const guest = stage.actor && (await stage.guest());
      const mistakes: string[] = [];
      for (const [what, token] of Object.entries(await forgedTokens(stage))) {
        const body = new URLSearchParams({ logout_token: token }).toString();
        const order = { method: 'POST', headers: HEADERS, body };
        const { status, headers } = await stage.newBrowser().send(stage.url(BACK_CHANNEL), order);
        if (status !== 400) mistakes.push(`${what} is answered ${status}`);
        if (!headers['cache-control']?.includes('no-store')) mistakes.push('the answer may be stored');
      }
      if (guest !== undefined && !(await stage.state(guest)).signedIn) mistakes.push('the session has ended');
      return judgeAll(mistakes, 'four kinds');
    },
  },
];
