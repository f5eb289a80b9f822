import { AppError, type Clock } from '#lib/kernel';
import type { Connection, Upstream } from '#lib/upstream';

const DEADLINE_MS = 2_000;
const SYSTEM = 'sandbox';

/** The sandbox's control endpoint, as far as the gateway asks it. */
export class SandboxControl {
  private readonly connection: Connection;

  constructor(
    baseUrl: string,
    upstream: Upstream,
    private readonly clock: Clock,
  ) {
    this.connection = upstream.connect({ name: SYSTEM, baseUrl, maxBodyBytes: 100_000 });
  }

  /**
   * @returns the parsed JSON answer, or undefined for 404
   * @throws AppError UPSTREAM_UNAVAILABLE or UPSTREAM_TIMEOUT when the sandbox does not answer as it should
   */
  async ask(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown> {
    const controller = new AbortController();
    const cancel = this.clock.after(DEADLINE_MS, () =>
      controller.abort(new AppError('UPSTREAM_TIMEOUT', 'the sandbox does not answer', { system: SYSTEM })),
    );
    try {
      const answer = await this.connection.send(
        { method, path, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) },
        { signal: controller.signal },
      );
      if (answer.status === 404) return undefined;
      if (answer.status >= 300)
        throw new AppError('UPSTREAM_UNAVAILABLE', `the sandbox answered ${answer.status}`, { system: SYSTEM });
      return JSON.parse(answer.body.toString('utf8')) as unknown;
    } finally {
      cancel();
    }
  }
}
