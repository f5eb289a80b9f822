import type { Browser } from '../browser/browser.js';
import { judge, judgeAll } from '../report/finding.js';
import type { Stage } from '../stage/stage.js';
import type { Check } from './check.js';

/** Sends a callback that must not count. @returns what is wrong with the answer; nothing when it was refused */
async function mistakesAt(stage: Stage, browser: Browser, callback: URL, what: string): Promise<string[]> {
  const { status } = await browser.send(callback);
  const { signedIn } = await stage.state(browser);
  if (signedIn) return [`${what} begins a session`];
  return status >= 400 && status < 500 ? [] : [`${what} is answered ${status}`];
}

/** A sign-in that was approved, and whose answer has not come back to the gateway yet. */
async function approved(stage: Stage): Promise<{ readonly browser: Browser; readonly callback: URL }> {
  const browser = stage.newBrowser();
  return { browser, callback: await stage.approve(browser, await stage.begin(browser)) };
}

/** Values that a parameter of the answer must not have; null: it is missing. */
async function tamper(stage: Stage, name: string, values: readonly (string | null)[]): Promise<string[]> {
  const mistakes: string[] = [];
  for (const value of values) {
    const { browser, callback } = await approved(stage);
    if (value === null) callback.searchParams.delete(name);
    else callback.searchParams.set(name, value);
    mistakes.push(...(await mistakesAt(stage, browser, callback, value === null ? `no ${name}` : `another ${name}`)));
  }
  return mistakes;
}

/** Paths that lead to another site. */
const DECEPTIVE_TARGETS = [
  'https://elsewhere.example/',
  '//elsewhere.example',
  '///elsewhere.example',
  '/\\elsewhere.example',
  '/\t/elsewhere.example',
  '/.//elsewhere.example',
  '@elsewhere.example',
  'javascript:alert(1)',
];

/** How the gateway takes the answer of a sign-in. */
export const CALLBACK_CHECKS: readonly Check[] = [
  {
    id: 'callback.works',
    requirement: 'A sign-in leads into a session and back to the channel',
    source: 'RFC 10017 §6.1.1',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const browser = stage.newBrowser();
      const { location, status } = await stage.signIn(browser);
      const { channel } = await stage.state(browser);
      return judge(location?.origin === stage.origin, `${status} to ${location?.pathname}, channel ${channel}`);
    },
  },
  {
    id: 'callback.clean-address',
    requirement: 'The address after the sign-in carries nothing of it',
    source: 'RFC 9700 §4.2.4, §4.3.1',
    level: 'SHOULD',
    needs: 'person',
    async run(stage) {
      const { location } = await stage.signIn(stage.newBrowser());
      const left = ['code', 'state', 'iss', 'session_state'].filter((name) => location?.href.includes(`${name}=`));
      return judgeAll(
        left.map((name) => `${name} is still there`),
        String(location?.pathname),
      );
    },
  },
  {
    id: 'callback.state',
    requirement: 'Refuses an answer with a wrong state, or none',
    source: 'RFC 9700 §2.1, §4.7',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      return judgeAll(await tamper(stage, 'state', ['x'.repeat(43), null]), 'both are refused');
    },
  },
  {
    id: 'callback.issuer',
    requirement: 'Refuses an answer that names another issuer, or none (mix-up)',
    source: 'RFC 9207 §2.4, RFC 9700 §4.4',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const { namesItself } = await stage.describeProvider();
      const values = ['https://elsewhere.example', ...(namesItself ? [null] : [])];
      const note = namesItself
        ? 'both are refused'
        : 'another one is refused; the provider does not promise to name itself';
      return judgeAll(await tamper(stage, 'iss', values), note);
    },
  },
  {
    id: 'callback.same-browser',
    requirement: 'Refuses an answer in a browser that did not ask (login CSRF)',
    source: 'RFC 9700 §4.7',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const { callback } = await approved(stage);
      return judgeAll(await mistakesAt(stage, stage.newBrowser(), callback, 'it'), 'refused');
    },
  },
  {
    id: 'callback.code-injection',
    requirement: 'Refuses the code of another sign-in',
    source: 'RFC 9700 §4.5',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const [victim, attacker] = [await approved(stage), await approved(stage)];
      victim.callback.searchParams.set('code', attacker.callback.searchParams.get('code') ?? '');
      const injected = await mistakesAt(stage, victim.browser, victim.callback, 'a stolen code');
      return judgeAll(
        [...injected, ...(await tamper(stage, 'code', ['x'.repeat(43), null]))],
        'refused, and so are an invented one and none',
      );
    },
  },
  {
    id: 'callback.once',
    requirement: 'Takes each answer once',
    source: 'RFC 6749 §4.1.2',
    level: 'MUST',
    needs: 'person',
    async run(stage) {
      const { browser, callback } = await approved(stage);
      const again = browser.copy();
      const { status } = await browser.send(callback);
      if (!(await stage.state(browser)).signedIn) throw new Error(`the first time is refused, too (${status})`);
      return judgeAll(await mistakesAt(stage, again, callback, 'the second time'), 'refused the second time');
    },
  },
  {
    id: 'callback.open-redirect',
    requirement: 'Leads to no other site after the sign-in',
    source: 'RFC 9700 §2.1, §4.11',
    level: 'MUST',
    async run(stage) {
      const mistakes: string[] = [];
      for (const target of DECEPTIVE_TARGETS) {
        const browser = stage.newBrowser();
        const url = stage.url('/auth/login');
        url.searchParams.set('returnTo', target);
        const { status, location } = await browser.send(url);
        if (location === undefined) {
          if (status < 400) mistakes.push(`${status} for ${target}`);
        } else if (stage.actor === undefined) mistakes.push(`${target} is taken`);
        else {
          const landed = await browser.send(await stage.approve(browser, location));
          if (landed.location !== undefined && landed.location.origin !== stage.origin)
            mistakes.push(`leads to ${target}`);
        }
      }
      return judgeAll(mistakes, `${DECEPTIVE_TARGETS.length} kinds lead nowhere else`);
    },
  },
];
