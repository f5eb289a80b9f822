import { parseArgs } from 'node:util';
import type { Target } from './self-test.js';

export const HELP = `npm run auth:selftest -- <gateway URL> [--channel <name>] [--persona <key>] [--sandbox <URL>] [--json]

Signs in at a running gateway like a browser and checks what RFC 10017 and its neighbours ask of a backend for
frontends, one line a requirement. Ends with 1 when a MUST does not hold. Changes nothing but sign-ins: the persona is
signed out everywhere, and tokens of the sandbox live for a second meanwhile.

<gateway URL>     as browsers see the channel, e.g. http://127.0.0.1:4000 or https://portal.example
--channel <name>  the channel that must be there; on this machine it is looked for under <name>.localhost, too
--persona <key>   who signs in, one of the sandbox's people (default aylin, at the channel "counter" agent-energy-service)
--sandbox <URL>   control endpoint of the sandbox (default http://127.0.0.1:4100); without one nobody signs in, and only
                  what is open to everybody is looked at
--json            the report as JSON
`;

const SANDBOX = 'http://127.0.0.1:4100';
const PERSONAS = { counter: 'agent-energy-service', other: 'aylin' } as const;

export interface Options {
  readonly help: boolean;
  readonly json: boolean;
  readonly target: Target;
}

/** @throws TypeError for arguments that are not understood, with a sentence for the terminal */
export function parseOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { channel: text, persona: text, sandbox: text, json: flag, help: { ...flag, short: 'h' } },
    allowPositionals: true,
  });
  const { channel, help, json } = values;
  const [gateway, ...others] = positionals;
  if (!help && (gateway === undefined || others.length > 0)) throw new TypeError('Give one gateway URL.');
  return {
    help,
    json,
    target: {
      gateway: help ? '' : originOf(gateway ?? ''),
      channel,
      persona: values.persona ?? (channel === 'counter' ? PERSONAS.counter : PERSONAS.other),
      sandbox: new URL(originOf(values.sandbox ?? SANDBOX)),
    },
  };
}

function originOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isWeb = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url === undefined || !isWeb || url.pathname !== '/' || url.search !== '') {
    throw new TypeError(`"${text}" is no address such as https://portal.example.`);
  }
  return url.origin;
}
