/** Waits of the bench have a deadline, too. */
const DEADLINE_MS = 10_000;

/** A household as the sandbox knows it: the number it has in each subsidiary. */
export interface Household {
  readonly key: string;
  readonly name: string;
  readonly hasSignIn: boolean;
  readonly links: Readonly<Record<string, string>>;
}

/** A fault that makes every call of one legacy system late. */
export interface Lateness {
  readonly system: string;
  readonly milliseconds: number;
}

/** The sandbox's control endpoint. */
export class Control {
  constructor(private readonly url: string) {}

  household(key: string): Promise<Household> {
    return this.ask<Household>('GET', `/households/${key}`);
  }

  async token(persona: string): Promise<string> {
    const { access_token: token } = await this.ask<{ access_token: string }>('POST', '/tokens', { persona });
    return token;
  }

  async slowDown(latenesses: readonly Lateness[]): Promise<void> {
    for (const lateness of latenesses) await this.ask('POST', '/faults', { kind: 'latency', ...lateness });
  }

  async endFaults(): Promise<void> {
    await this.ask('DELETE', '/faults');
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (!answer.ok) throw new Error(`the sandbox refuses ${method} ${path}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}
