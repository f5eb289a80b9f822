import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Delegates, PartnerCallers } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { AppError, parseGlobalId, type AgentRole, type Clock, type DelegatePrincipal } from '#lib/kernel';
import { openHouse, type House } from '../harness.js';

/** Whom a customer let in, and what for. */
export interface LetIn {
  readonly persona: string;
  readonly scopes: readonly string[];
  /** Of the partner's contract; `service` unless given. */
  readonly role?: AgentRole;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/**
 * A house whose clock stands still, so that answers can be compared, and at whose door any partner may stand: how one
 * comes to its token is tried elsewhere, and tokens run by the database's clock.
 */
export class AdviserHouse {
  private constructor(
    readonly house: House,
    private readonly callers: Map<string, DelegatePrincipal>,
  ) {}

  static async open(options: { readonly clock?: Clock } = {}): Promise<AdviserHouse> {
    const callers = new Map<string, DelegatePrincipal>();
    const house = await openHouse({ ...options, arrange: (gateway) => letAnyIn(gateway, callers) });
    return new AdviserHouse(house, callers);
  }

  close(): Promise<void> {
    return this.house.close();
  }

  get(path: string, letIn: LetIn | null, headers: Record<string, string> = {}): Promise<RestAnswer> {
    return this.send(path, letIn, { headers });
  }

  post(path: string, letIn: LetIn, body: unknown, headers: Record<string, string>): Promise<RestAnswer> {
    return this.send(path, letIn, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** The customer's id as the house keeps it; a customer begins to exist with the first sign-in. */
  async customerId(persona: string): Promise<string> {
    const { data } = await this.house.graphql({ query: '{ me { id } }' }, { persona });
    return parseGlobalId((data!['me'] as { id: string }).id)!.key;
  }

  private async send(path: string, letIn: LetIn | null, init: RequestInit): Promise<RestAnswer> {
    const headers = new Headers(init.headers);
    if (letIn !== null) headers.set('authorization', await this.tokenOf(letIn));
    const answer = await fetch(this.house.url + path, { ...init, headers });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
  }

  private async tokenOf({ persona, scopes, role = 'service' }: LetIn): Promise<string> {
    const customerId = await this.customerId(persona);
    const token = `Bearer ${Buffer.from([persona, role, ...scopes].join(' ')).toString('hex')}`;
    this.callers.set(token, { kind: 'delegate', clientId: 'tried', role, customerId, scopes });
    return token;
  }
}

function letAnyIn(gateway: NestFastifyApplication, callers: ReadonlyMap<string, DelegatePrincipal>): void {
  gateway.get(PartnerCallers, { strict: false }).principalOf = async (authorization) => {
    const caller = callers.get(authorization);
    if (caller === undefined) throw new AppError('UNAUTHENTICATED', 'no such token');
    return { ...caller };
  };
  const customers = gateway.get(CustomerAccess, { strict: false });
  gateway.get(Delegates, { strict: false }).getCustomer = async (scope) => {
    const { customerId } = scope.principal as DelegatePrincipal;
    return (await customers.serve(scope, customerId, () => Promise.resolve(true)))!;
  };
}
