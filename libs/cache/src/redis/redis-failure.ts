/** What is known of errors here; of node, ioredis or Redis itself. */
interface Failure {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
}

/** Redis has answered, but with an error such as OOM or READONLY. */
export function isRefusal(error: unknown): boolean {
  return (error as Failure).name === 'ReplyError';
}

/** Code or kind of an error; texts name addresses, and refusals quote commands. */
export function reasonOf(error: unknown): string {
  const { name, message, code } = error as Failure;
  if (isRefusal(error)) return /^[A-Z]+/.exec(String(message))?.[0] ?? 'refused';
  if (message === 'Command timed out') return 'no answer to the handshake';
  return typeof code === 'string' ? code : String(name);
}
