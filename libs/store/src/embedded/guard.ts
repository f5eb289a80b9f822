import { spawn } from 'node:child_process';

/**
 * Waits until its standard input ends, which it does whenever the gateway that holds the other end is gone, however it
 * died. Then it stops the server, unless another living process uses it.
 */
const SCRIPT = `
read -r _
for user in "$3"/*; do
  user=\${user##*/}
  kill -0 "\${user%%.*}" && exit
done
read -r pid < "$2/postmaster.pid"
[ "$pid" = "$1" ] && kill -INT "$1"
`;

/**
 * Sees to it that the server does not outlive this process, if it is its last user, even after `kill -9`. Where there
 * is no shell (Windows) the server stays, and the next start finds it.
 * @param pid the server's process
 * @param users folder with a file per user, named after its process
 * @returns what sends the guard away
 */
export function guardServer(pid: number, data: string, users: string): () => void {
  if (process.platform === 'win32') return () => undefined;
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'guard', String(pid), data, users], {
    detached: true,
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  // A pipe to a child is a socket, which alone must not keep the gateway alive.
  (guard.stdin as typeof guard.stdin & { unref(): void }).unref();
  return () => guard.stdin.destroy();
}
