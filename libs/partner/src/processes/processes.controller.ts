import { Param } from '@nestjs/common';
import { ApiNotFoundResponse, ApiParam } from '@nestjs/swagger';
import { Delegates } from '#lib/access';
import { AppError, keyOfGlobalId, type RequestScope } from '#lib/kernel';
import { CommandService } from '#lib/processes';
import { PartnerController } from '../partner-controller.decorator.js';
import { PartnerRoute } from '../partner-route.decorator.js';
import { PartnerScope } from '../partner-scope.decorator.js';
import { ProcessDto, toProcessDto } from './process.dto.js';

/** What became of a customer's processes, for partners whom the customer lets see this kind of process. */
@PartnerController('processes')
export class ProcessesController {
  constructor(
    private readonly commands: CommandService,
    private readonly delegates: Delegates,
  ) {}

  @PartnerRoute({
    method: 'GET',
    path: ':id',
    rule: { callers: ['delegate'] },
    summary: 'Wo ein Vorgang steht; es braucht die Freigabe, Vorgänge dieser Art zu sehen, z. B. housing.repairs:read',
    answer: ProcessDto,
  })
  @ApiParam({ name: 'id', description: 'Kennung des Vorgangs, wie in Location.' })
  @ApiNotFoundResponse({ description: 'Diesen Vorgang gibt es nicht, oder die Freigabe umfasst ihn nicht.' })
  async find(@Param('id') id: string, @PartnerScope() scope: RequestScope): Promise<ProcessDto> {
    const customer = await this.delegates.getCustomer(scope);
    const seen = await this.commands.look(scope, customer, keyOfGlobalId(id, 'Process'));
    if (seen === undefined) throw new AppError('NOT_FOUND', 'no such process', { path: 'id' });
    return toProcessDto(seen, scope.language);
  }
}
