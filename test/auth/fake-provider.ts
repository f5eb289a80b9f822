import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';
import type { Clock } from '#lib/kernel';

export const AUDIENCE = 'https://saaltor.example/graph';
/** Token life of the fake, in seconds. */
export const LIFE = 3_600;

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/** Who signs in, and what is wrong about the tokens that come of it. */
export interface Person {
  readonly sub: string;
  readonly sid?: string;
  readonly agent?: unknown;
  readonly acr?: string;
  /** How long ago the person showed who they are. */
  readonly authAgoSeconds?: number;
  readonly idToken?: JWTPayload;
}

interface Code {
  readonly person: Person;
  readonly params: URLSearchParams;
  used: boolean;
}

interface Family {
  readonly person: Person;
  readonly clientId: string;
  current: string;
}

/** An identity provider that does on purpose what a real one would not. */
export class FakeProvider {
  readonly requests: string[] = [];
  /** What it answers to everything: as it should, 503, or nothing at all. */
  mood: 'well' | 'down' | 'hanging' = 'well';
  readonly families: Family[] = [];
  private keys: Key[] = [];
  private readonly codes = new Map<string, Code>();
  private readonly server: Server;

  private constructor(private readonly clock: Clock) {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  static async open(clock: Clock): Promise<FakeProvider> {
    const provider = new FakeProvider(clock);
    await provider.rotate();
    await new Promise<void>((resolve) => provider.server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** From now on another key signs; the ones before are published no more unless told. */
  async rotate({ keep = false } = {}): Promise<void> {
    const kid = randomUUID();
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const key = { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
    this.keys = [key, ...(keep ? this.keys : [])];
  }

  fetches(path: string): number {
    return this.requests.filter((request) => request === path).length;
  }

  /**
   * The person signs in at the address to which the gateway sent the browser.
   * @returns where the browser goes back to
   */
  approve(location: string, person: Person): URL {
    const { searchParams: params } = new URL(location);
    const back = new URL(params.get('redirect_uri')!);
    const code = randomUUID();
    this.codes.set(code, { person, params, used: false });
    back.search = new URLSearchParams({ code, state: params.get('state')!, iss: this.issuer }).toString();
    return back;
  }

  logoutToken(claims: JWTPayload, header: Record<string, string> = {}): Promise<string> {
    const now = this.seconds();
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
    const standard = { iss: this.issuer, aud: 'portal-client', iat: now, exp: now + 120, jti: randomUUID(), events };
    return this.sign({ ...standard, ...claims }, { typ: 'logout+jwt', ...header });
  }

  accessToken(claims: JWTPayload = {}, header: Record<string, string> = {}): Promise<string> {
    const now = this.seconds();
    const standard = { iss: this.issuer, aud: AUDIENCE, sub: 'aylin', iat: now, exp: now + LIFE };
    return this.sign({ ...standard, ...claims }, { typ: 'at+jwt', ...header });
  }

  sign(claims: JWTPayload, header: Record<string, string> = {}): Promise<string> {
    const { kid, privateKey } = this.keys[0]!;
    return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid, ...header }).sign(privateKey);
  }

  private seconds(): number {
    return Math.floor(this.clock.now() / 1_000);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url!, this.issuer);
    this.requests.push(pathname);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.mood === 'hanging') return;
    if (this.mood === 'down') return void response.writeHead(503).end();
    const [status, body] = await this.answer(pathname, request, new URLSearchParams(Buffer.concat(chunks).toString()));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }

  private async answer(path: string, request: IncomingMessage, form: URLSearchParams): Promise<[number, unknown]> {
    if (path === '/.well-known/openid-configuration') return [200, this.metadata()];
    if (path === '/jwks') return [200, { keys: this.keys.map(({ jwk }) => jwk) }];
    if (path === '/token') return this.token(clientOf(request), form);
    return [404, {}];
  }

  private metadata(): object {
    const { issuer } = this;
    return {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      end_session_endpoint: `${issuer}/end`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      authorization_response_iss_parameter_supported: true,
    };
  }

  private async token(clientId: string, form: URLSearchParams): Promise<[number, unknown]> {
    const refused: [number, unknown] = [400, { error: 'invalid_grant' }];
    if (form.get('grant_type') === 'refresh_token') {
      const sent = form.get('refresh_token') ?? '';
      const family = this.families.find((candidate) => sent.startsWith(`${candidate.person.sid ?? ''}:`));
      if (family === undefined) return refused;
      if (family.current !== sent) {
        // Used before: somebody has stolen one of them.
        this.families.splice(this.families.indexOf(family), 1);
        return refused;
      }
      return [200, await this.grant(family.clientId, family.person, {}, family)];
    }
    const code = this.codes.get(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const fits =
      code !== undefined &&
      !code.used &&
      code.params.get('client_id') === clientId &&
      code.params.get('redirect_uri') === form.get('redirect_uri') &&
      code.params.get('code_challenge') === challenge;
    if (!fits) return refused;
    code.used = true;
    const { person } = code;
    const authTime = this.seconds() - (person.authAgoSeconds ?? 0);
    const nonce = code.params.get('nonce');
    return [
      200,
      await this.grant(clientId, person, { nonce, auth_time: authTime, ...(person.acr && { acr: person.acr }) }),
    ];
  }

  private async grant(clientId: string, person: Person, claims: JWTPayload, known?: Family): Promise<object> {
    const now = this.seconds();
    const { sub, sid = randomUUID(), agent, idToken } = person;
    const family = known ?? { person: { ...person, sid }, clientId, current: '' };
    if (known === undefined) this.families.push(family);
    family.current = `${sid}:${randomUUID()}`;
    const standard = { iss: this.issuer, aud: clientId, sub, sid, iat: now, exp: now + LIFE };
    const own = agent === undefined ? {} : { saaltor_agent: agent };
    return {
      access_token: 'nobody-looks-at-it',
      token_type: 'Bearer',
      expires_in: LIFE,
      refresh_token: family.current,
      id_token: await this.sign({ ...standard, ...own, ...claims, ...idToken }),
    };
  }
}

/** The client that shows its secret; both are form-encoded first (RFC 6749 §2.3.1). */
function clientOf({ headers }: IncomingMessage): string {
  const basic = Buffer.from(headers.authorization?.replace('Basic ', '') ?? '', 'base64').toString();
  const [id = '', secret] = basic.split(':').map(decodeURIComponent);
  return secret === `${id}-secret` ? id : '';
}
