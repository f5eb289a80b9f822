import { exchange } from '../browser/exchange.js';
import { judge, judgeAll } from '../report/finding.js';
import type { Check } from './check.js';

/** 128 bits in base64url. */
const LEAST_LENGTH = 22;
/** All that may be told to the identity provider by way of the browser. */
const PARAMETERS = new Set(
  (
    'client_id response_type response_mode redirect_uri scope state nonce code_challenge code_challenge_method ' +
    'acr_values max_age prompt ui_locales login_hint resource claims request_uri dpop_jkt'
  ).split(' '),
);

/** Where the gateway sends the browser, and how well the identity provider looks at it. */
export const AUTHORIZATION_CHECKS: readonly Check[] = [
  {
    id: 'authorization.code',
    requirement: 'Signs in by the authorization code grant',
    source: 'RFC 10017 §6.1.3.1',
    level: 'MUST',
    async run(stage) {
      const { searchParams: query } = await stage.begin();
      const [type, mode] = [query.get('response_type'), query.get('response_mode') ?? 'query'];
      return judge(type === 'code' && mode === 'query', `response_type=${type}, response_mode=${mode}`);
    },
  },
  {
    id: 'authorization.pkce',
    requirement: 'Protects the code by PKCE with S256',
    source: 'RFC 9700 §2.1.1',
    level: 'MUST',
    async run(stage) {
      const { searchParams: query } = await stage.begin();
      const [method, challenge = ''] = [query.get('code_challenge_method'), query.get('code_challenge') ?? ''];
      return judge(method === 'S256' && /^[\w-]{43}$/.test(challenge), `${method}, ${challenge.length} characters`);
    },
  },
  {
    id: 'authorization.fresh',
    requirement: 'Makes state, nonce and challenge anew for each sign-in',
    source: 'RFC 9700 §4.7, OIDC Core §3.1.2.1',
    level: 'MUST',
    async run(stage) {
      const [one, other] = await Promise.all([stage.begin(), stage.begin()]);
      const mistakes = ['state', 'nonce', 'code_challenge'].flatMap((name) => {
        const [first, second] = [one, other].map(({ searchParams }) => searchParams.get(name) ?? '') as [
          string,
          string,
        ];
        if (first === second) return [`${name} is the same twice or missing`];
        return first.length < LEAST_LENGTH ? [`${name} has ${first.length} characters`] : [];
      });
      return judgeAll(mistakes, 'all differ, of 128 bits or more');
    },
  },
  {
    id: 'authorization.redirect-uri',
    requirement: 'Asks to come back to one fixed address of the channel',
    source: 'RFC 9700 §4.1.3',
    level: 'MUST',
    async run(stage) {
      const address = (await stage.begin()).searchParams.get('redirect_uri');
      return judge(address === `${stage.origin}/auth/callback`, String(address));
    },
  },
  {
    id: 'authorization.front-channel',
    requirement: 'Tells no secret by way of the browser',
    source: 'RFC 6749 §2.3.1',
    level: 'MUST',
    async run(stage) {
      const names = [...(await stage.begin()).searchParams.keys()];
      const others = names.filter((name) => !PARAMETERS.has(name));
      return judgeAll(
        others.map((name) => `unexpected ${name}`),
        names.join(' '),
      );
    },
  },
  {
    id: 'client.confidential',
    requirement: 'Is a confidential client: without its credentials nobody redeems a code',
    source: 'RFC 10017 §6.1.3.1',
    level: 'MUST',
    async run(stage) {
      const { searchParams: query } = await stage.begin();
      const { tokenEndpoint } = await stage.describeProvider();
      const form = new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: query.get('client_id') ?? '',
        redirect_uri: query.get('redirect_uri') ?? '',
        code: 'x'.repeat(43),
        code_verifier: 'x'.repeat(43),
      });
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const { status, body } = await exchange(tokenEndpoint, { method: 'POST', headers, body: form.toString() });
      // A public client would be let as far as the code.
      const error = /"error":\s*"([a-z_]{1,40})"/.exec(body)?.[1];
      return judge(error === 'invalid_client', `${status} ${error}`);
    },
  },
  {
    id: 'provider.redirect-uri',
    requirement: 'Its provider compares the redirect address exactly',
    source: 'RFC 9700 §2.1, §4.1.3',
    level: 'MUST',
    async run(stage) {
      const { origin } = stage;
      const evil = ['https://elsewhere.example/auth/callback', `${origin}.elsewhere.example/auth/callback`];
      const near = ['/', '/x', '?x=1', '/../../x', '%2f..%2fx', '@elsewhere.example'].map(
        (end) => `${origin}/auth/callback${end}`,
      );
      const mistakes: string[] = [];
      for (const address of [...evil, ...near, `${origin}/AUTH/callback`, `${origin}/`]) {
        const request = await stage.begin();
        request.searchParams.set('redirect_uri', address);
        const { status, location } = await exchange(request);
        if (location !== undefined || status < 400) mistakes.push(`${status} for ${address}`);
      }
      return judgeAll(mistakes, 'ten others are refused');
    },
  },
  {
    id: 'provider.pkce',
    requirement: 'Its provider lets nobody leave PKCE out, or weaken it',
    source: 'RFC 9700 §2.1.1, §4.8',
    level: 'SHOULD',
    async run(stage) {
      const mistakes: string[] = [];
      for (const change of ['without', 'plain'] as const) {
        const request = await stage.begin();
        if (change === 'plain') request.searchParams.set('code_challenge_method', 'plain');
        else for (const name of ['code_challenge', 'code_challenge_method']) request.searchParams.delete(name);
        const { status, location } = await exchange(request);
        const refused = location === undefined ? status >= 400 : location.searchParams.has('error');
        if (!refused) mistakes.push(`${status} ${change}`);
      }
      return judgeAll(mistakes, 'a request without it is refused, and so is plain');
    },
  },
];
