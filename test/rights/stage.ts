import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ScopeFactory } from '#lib/access';
import { ConsentState, CustomerAccess, CustomerDirectory, type Customer } from '#lib/customer';
import { RequestScope, type Principal } from '#lib/kernel';

/**
 * Puts a running gateway into any state of consent and makes any caller ask about the customer whose token is sent:
 * rights can be tried that no mutation and no token gives.
 */
export class Stage {
  /** Null: as the customer gave them. */
  consents: ConsentState | null = null;
  /** The caller in the place of the customer; null: the customer. */
  caller: Principal | null = null;
  /** The customer whom the last request was about. */
  customer: Customer | undefined;

  readonly arrange = (gateway: NestFastifyApplication): void => {
    const directory = gateway.get(CustomerDirectory, { strict: false });
    const findBySubject = directory.findBySubject.bind(directory);
    directory.findBySubject = async (subject) => {
      const found = await findBySubject(subject);
      this.customer = found && { ...found, consents: this.consents ?? found.consents };
      return this.customer;
    };

    const access = gateway.get(CustomerAccess, { strict: false });
    const scopes = gateway.get(ScopeFactory, { strict: false });
    const open = scopes.open.bind(scopes);
    scopes.open = async (request, response, edge) => {
      const scope = await open(request, response, edge);
      const customer = await access.findCaller(scope);
      if (this.caller === null || customer === undefined) return scope;
      const staged = new RequestScope(this.caller, scope.language, scope.waitUntil, scope.signal);
      access.adopt(staged, customer);
      return staged;
    };
  };
}
