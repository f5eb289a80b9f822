import { exchange, NoAnswer } from '../browser/exchange.js';

/** Someone invented who can sign in. */
export interface Person {
  readonly key: string;
  readonly password: string;
}

export interface Lifetimes {
  readonly accessToken: number;
}

/** What the sandbox shows as the second factor, always. */
const CODE = '123456';

/** The control endpoint of the sandbox beside the gateway: people, tokens, and the identity provider's other moods. */
export class Sandbox {
  private constructor(
    private readonly url: URL,
    /** The identity provider's address. */
    readonly issuer: string,
    private readonly people: readonly Person[],
  ) {}

  /** @returns undefined when none answers there */
  static async find(url: URL): Promise<Sandbox | undefined> {
    try {
      const environment = await ask(url, 'GET', '/environment');
      const known = await ask(url, 'GET', '/personas');
      const issuer = environment['OIDC_ISSUER'];
      if (typeof issuer !== 'string') return undefined;
      const people = [known['personas'], known['agents']].flat() as Person[];
      return new Sandbox(
        url,
        issuer,
        people.filter((person) => typeof person.password === 'string'),
      );
    } catch (error) {
      if (error instanceof NoAnswer || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /** What the person types into the forms; undefined for someone who cannot sign in. */
  formOf(key: string): Readonly<Record<string, string>> | undefined {
    const person = this.people.find((one) => one.key === key);
    return person && { login: person.key, password: person.password, code: CODE };
  }

  /** @throws Error when the sandbox refuses */
  async token(persona: string, wrong?: string): Promise<string> {
    const answer = await this.order('POST', '/tokens', { persona, ...(wrong !== undefined && { wrong }) });
    return String(answer['access_token']);
  }

  /** Ends all sign-ins of the person at the identity provider, which tells the channels. */
  async signOut(persona: string): Promise<void> {
    await this.order('POST', '/identity/logout', { persona });
  }

  async lifetimes(): Promise<Lifetimes> {
    return (await this.order('GET', '/identity/lifetimes')) as unknown as Lifetimes;
  }

  async shorten(lifetimes: Lifetimes): Promise<void> {
    await this.order('PUT', '/identity/lifetimes', { accessToken: lifetimes.accessToken });
  }

  /** How often the identity provider was asked at that path. */
  async requests(path: string): Promise<number> {
    return Number((await this.order('GET', '/identity/requests'))[path] ?? 0);
  }

  private async order(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    return ask(this.url, method, path, body);
  }
}

async function ask(base: URL, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/json' };
  const text = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await exchange(new URL(path, base), { method, headers, ...text });
  const fields = JSON.parse(answer.body) as Record<string, unknown>;
  if (answer.status >= 300) throw new Error(`the sandbox refuses ${method} ${path} (${answer.status})`);
  return fields;
}
