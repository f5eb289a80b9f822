import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Mandates, ScopeFactory } from '#lib/access';
import { CustomerAccess, type Customer } from '#lib/customer';
import { RequestScope, systemClock, type AgentPrincipal, type Principal } from '#lib/kernel';

/** Header that makes the caller an agent, `<subject> <subsidiary> <role> [<session>]`, as a sign-in would. */
export const AGENT = 'x-test-agent';
/** Header that gives a customer a fresh second factor. */
export const STEP_UP = 'x-test-step-up';

/** How long answers wait for legacy systems. */
const WAIT_MS = 5_000;

/** Agents in front of running gateways, without an identity provider. */
export class CounterStage {
  /** Customers who have called so far, by persona (their subject). */
  readonly customers = new Map<string, Customer>();
  /** When the sign-in of the next agent ends. */
  signedInUntil = (): number => systemClock.now() + 8 * 3_600_000;

  readonly arrange = (gateway: NestFastifyApplication): void => {
    const access = gateway.get(CustomerAccess, { strict: false });
    const mandates = gateway.get(Mandates, { strict: false });
    const scopes = gateway.get(ScopeFactory, { strict: false });
    const open = scopes.open.bind(scopes);
    scopes.open = async (request, response, edge) => {
      const agent = [request.headers[AGENT]].flat()[0];
      if (agent !== undefined) return scopeOf(await this.agentOf(agent, mandates));
      const scope = await open(request, response, edge);
      const customer = await access.findCaller(scope);
      if (customer?.subject) this.customers.set(customer.subject, customer);
      const { principal } = scope;
      if (request.headers[STEP_UP] === undefined || principal.kind !== 'customer') return scope;
      return scopeOf({ ...principal, stepUpUntil: systemClock.now() + 60_000 });
    };
  };

  private async agentOf(header: string, mandates: Mandates): Promise<AgentPrincipal> {
    const [subject = '', subsidiary = '', role = 'service', sessionId] = header.split(' ');
    return {
      kind: 'agent',
      subject,
      subsidiary,
      role: role === 'sales' ? 'sales' : 'service',
      expiresAt: this.signedInUntil(),
      mandate: await mandates.find(subject, sessionId),
      ...(sessionId !== undefined && { sessionId }),
    };
  }
}

function scopeOf(principal: Principal): RequestScope {
  return new RequestScope(principal, 'de', systemClock.now() + WAIT_MS, new AbortController().signal);
}
