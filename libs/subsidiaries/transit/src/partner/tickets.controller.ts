import { Delegates } from '#lib/access';
import type { RequestScope } from '#lib/kernel';
import { PartnerController, PartnerRoute, PartnerScope } from '#lib/partner';
import { TransitService } from '../transit.service.js';
import { TICKETS_SCOPE } from './partner-scopes.js';
import { TicketsDto, toTicketsDto } from './tickets.dto.js';

/** A customer's tickets for a partner whom the customer let in: the same data and refusals as in the graph. */
@PartnerController('transit')
export class TicketsController {
  constructor(
    private readonly service: TransitService,
    private readonly delegates: Delegates,
  ) {}

  @PartnerRoute({
    method: 'GET',
    path: 'tickets',
    rule: { callers: ['delegate'], scope: TICKETS_SCOPE },
    summary: 'Fahrausweise des Kunden, der die Freigabe erteilt hat',
    answer: TicketsDto,
  })
  async tickets(@PartnerScope() scope: RequestScope): Promise<TicketsDto> {
    const customer = await this.delegates.getCustomer(scope);
    return toTicketsDto(await this.service.listSubscriptions(scope, customer));
  }
}
