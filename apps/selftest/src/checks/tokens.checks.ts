import type { Answer } from '../browser/exchange.js';
import { judgeAll } from '../report/finding.js';
import { isKnown, isRefused, type Stage } from '../stage/stage.js';
import type { Check } from './check.js';

/** A JWT, or something that calls itself a token or a secret. */
const TOKENS = [
  /eyJ[\w-]{8,}\.[\w-]{8,}\./,
  /["?&#;\s](?:access_token|refresh_token|id_token|id_token_hint|client_secret|code_verifier)"?\s*[=:]/,
];

/** Access tokens that nobody may take; names are the sandbox's. */
const WRONG = (
  'none hs256 kid-path unknown-kid signature tampered jku x5u jwk crit ' +
  'expired not-yet issuer audience type id-token no-subject no-expiry'
).split(' ');

function placesOf({ url, headers, cookies, body }: Answer): [string, string][] {
  return [
    ['the address', url.href],
    ['the redirect', String(headers.location ?? '')],
    ['a cookie', cookies.map(({ name, value }) => `${name}=${value}`).join('\n')],
    ['the body', body],
  ];
}

function withToken(stage: Stage, token: string): Promise<Answer> {
  return stage.graph(stage.newBrowser(), { authorization: `Bearer ${token}` });
}

/** Where tokens go, and which of them count. */
export const TOKEN_CHECKS: readonly Check[] = [
  {
    id: 'tokens.away',
    requirement: 'No token reaches the browser: no body, address, redirect or cookie has one',
    source: 'RFC 10017 §6.1, §6.1.4.2',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const browser = await stage.signedIn();
      await stage.graph(browser);
      await browser.send(stage.url('/auth/logout'), { method: 'POST', headers: { 'x-saaltor': '1' } });
      const found = stage.answers.flatMap((answer) =>
        placesOf(answer)
          .filter(([, text]) => TOKENS.some((pattern) => pattern.test(text)))
          .map(([place]) => `${place} of ${answer.url.pathname}`),
      );
      return judgeAll([...new Set(found)], `none in ${stage.answers.length} answers`);
    },
  },
  {
    id: 'tokens.wrong',
    requirement: 'Access tokens that are forged, expired or for others are refused',
    source: 'RFC 9068 §4, RFC 8725 §3',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const { persona, sandbox } = stage.player;
      const right = await withToken(stage, await sandbox.token(persona));
      const mistakes = isKnown(right) ? [] : [`a right one is refused (${right.status})`];
      const before = await sandbox.requests('/foreign-keys');
      for (const wrong of WRONG) {
        const answer = await withToken(stage, await sandbox.token(persona, wrong));
        if (!isRefused(answer)) mistakes.push(`${wrong} is answered ${answer.status}`);
      }
      if ((await sandbox.requests('/foreign-keys')) > before) mistakes.push('a token has led to its own keys');
      return judgeAll(mistakes, `${WRONG.length} kinds; none leads anywhere`);
    },
  },
  {
    id: 'tokens.rotation',
    requirement: 'Refresh tokens are renewed, and each is used once',
    source: 'RFC 9700 §4.14.2',
    level: 'SHOULD',
    needs: 'person',
    async run(stage) {
      const { sandbox } = stage.player;
      const usual = await sandbox.lifetimes();
      await sandbox.shorten({ accessToken: 1 });
      try {
        const browser = await stage.signedIn();
        const before = await sandbox.requests('/token');
        const deadline = Date.now() + stage.patienceMs;
        let renewed = 0;
        // The provider ends the family when a token comes back, so two renewals show that each is used once.
        while (renewed < 2 && Date.now() < deadline) {
          await stage.graph(browser);
          renewed = (await sandbox.requests('/token')) - before;
          await new Promise((resolve) => setTimeout(resolve, Math.min(250, stage.patienceMs / 10)));
        }
        const mistakes = renewed < 2 ? [`${renewed} renewals in ${stage.patienceMs / 1_000} s`] : [];
        await stage.graph(browser);
        if (!(await stage.state(browser)).signedIn) mistakes.push('the session has ended');
        return judgeAll(mistakes, `${renewed} renewals, and the session goes on`);
      } finally {
        await sandbox.shorten(usual);
      }
    },
  },
];
