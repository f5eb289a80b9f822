// npm run token -- <persona> [options]: prints an access token of the development identity provider.

const DEFAULT_CONTROL = 'http://127.0.0.1:4100';
const DEADLINE_MS = 5_000;

const HELP = `npm run token -- <persona> [--second-factor] [--wrong=<how>]

Prints an access token for a persona of the running sandbox (start it with npm start).
<persona> is a key such as aylin, h-000123 for a computed household, or agent-energy-service.

  --second-factor  as after a sign-in with a second factor
  --wrong=<how>    a token that nobody may accept, e.g. expired, audience, none; an unknown one lists them all

  SANDBOX_URL  control endpoint of the sandbox (default ${DEFAULT_CONTROL})
`;

interface TokenAnswer {
  readonly access_token?: string;
  readonly detail?: string;
  readonly error?: string;
}

/** What the control endpoint is asked for. */
interface Order {
  readonly persona: string;
  readonly secondFactor?: true;
  readonly wrong?: string;
}

/** @returns undefined for arguments that are not understood */
function readOrder(words: readonly string[]): Order | undefined {
  const options = words.filter((word) => word.startsWith('--'));
  const [persona, ...others] = words.filter((word) => !word.startsWith('--'));
  const wrong = options.find((option) => option.startsWith('--wrong='))?.slice('--wrong='.length);
  const isKnown = options.every((option) => option === '--second-factor' || option.startsWith('--wrong='));
  if (persona === undefined || others.length > 0 || !isKnown) return undefined;
  return {
    persona,
    ...(options.includes('--second-factor') && { secondFactor: true }),
    ...(wrong !== undefined && { wrong }),
  };
}

async function tokenFor(order: Order, control: string): Promise<string> {
  const answer = await fetch(`${control}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const { access_token: token, detail, error } = (await answer.json()) as TokenAnswer;
  if (token === undefined) throw new Error(detail ?? error ?? `The sandbox answered ${answer.status}.`);
  return token;
}

async function main(): Promise<number> {
  const words = process.argv.slice(2);
  const order = readOrder(words);
  if (order === undefined) {
    process.stdout.write(HELP);
    return words.includes('--help') ? 0 : 2;
  }
  const control = process.env['SANDBOX_URL'] || DEFAULT_CONTROL;
  try {
    process.stdout.write(`${await tokenFor(order, control)}\n`);
    return 0;
  } catch (error) {
    const unreachable = error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError');
    const reason = unreachable
      ? `No sandbox answers at ${control}; start it with "npm start".`
      : (error as Error).message;
    process.stderr.write(`${reason}\n`);
    return 1;
  }
}

process.exitCode = await main();
