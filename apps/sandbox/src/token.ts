// npm run token -- <persona>: prints an access token of the development identity provider.

const DEFAULT_CONTROL = 'http://127.0.0.1:4100';
const DEADLINE_MS = 5_000;

const HELP = `npm run token -- <persona>

Prints an access token for a persona of the running sandbox (start it with npm start).
<persona> is a key such as aylin, or h-000123 for a computed household.

  SANDBOX_URL  control endpoint of the sandbox (default ${DEFAULT_CONTROL})
`;

interface TokenAnswer {
  readonly access_token?: string;
  readonly detail?: string;
  readonly error?: string;
}

async function tokenFor(persona: string, control: string): Promise<string> {
  const answer = await fetch(`${control}/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ persona }),
    signal: AbortSignal.timeout(DEADLINE_MS),
  });
  const { access_token: token, detail, error } = (await answer.json()) as TokenAnswer;
  if (token === undefined) throw new Error(detail ?? error ?? `The sandbox answered ${answer.status}.`);
  return token;
}

async function main(): Promise<number> {
  const [persona] = process.argv.slice(2);
  if (persona === undefined || persona === '--help') {
    process.stdout.write(HELP);
    return persona === undefined ? 2 : 0;
  }
  const control = process.env['SANDBOX_URL'] || DEFAULT_CONTROL;
  try {
    process.stdout.write(`${await tokenFor(persona, control)}\n`);
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
