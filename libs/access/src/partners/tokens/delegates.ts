import { Injectable } from '@nestjs/common';
import { CustomerAccess, type Customer } from '#lib/customer';
import { AppError, type RequestScope } from '#lib/kernel';
import { PartnerTokens } from './partner-tokens.js';

/** The customers for whom partners call. */
@Injectable()
export class Delegates {
  constructor(
    private readonly tokens: PartnerTokens,
    private readonly customers: CustomerAccess,
  ) {}

  /**
   * The customer who let this caller in. Whether token and grant still stand is asked again before the answer leaves.
   * @throws AppError NOT_FOUND for a caller whom no customer let in; UPSTREAM_* when nobody can say
   */
  async getCustomer(scope: RequestScope): Promise<Customer> {
    const { principal } = scope;
    const customer =
      principal.kind === 'delegate'
        ? await this.customers.serve(scope, principal.customerId, () => this.tokens.stillStands(principal))
        : undefined;
    if (customer === undefined) throw new AppError('NOT_FOUND', 'no customer has let this caller in');
    return customer;
  }
}
