import { Body, Query, Res } from '@nestjs/common';
import { ApiNotFoundResponse } from '@nestjs/swagger';
import { Delegates } from '#lib/access';
import type { Customer } from '#lib/customer';
import { AppError, type Reading, type RequestScope } from '#lib/kernel';
import {
  answerOutcome,
  IdempotencyKey,
  PartnerController,
  PartnerRoute,
  PartnerScope,
  ProcessDto,
  type PartnerReply,
} from '#lib/partner';
import { CommandService } from '#lib/processes';
import { SubmitReadings } from '../commands/submit-readings.js';
import { EnergyService } from '../energy.service.js';
import { pageOfHistory, parseReadingPage } from '../model/meters/kept-reading.js';
import { READINGS_SCOPE } from '../model/labels.js';
import { parseMeterId } from '../model/meters/meter-id.js';
import type { Meter } from '../model/meters/meter.js';
import { sameNumber } from '../model/sap-number.js';
import { METERS_EXAMPLE, READINGS_EXAMPLE } from './examples.js';
import {
  EnergyMetersDto,
  EnergyReadingsDto,
  EnergyReadingsInput,
  EnergyReadingsQuery,
  keyOf,
  toMetersDto,
  toReadingDto,
  toReadingsDto,
} from './meters.dto.js';
import { READINGS_WRITE_SCOPE } from './partner-scopes.js';

/**
 * A customer's meters for a partner to whom the customer hands them: the same data, command and refusals as in the
 * graph. A partner whose contract is one of sales sees none, whatever was granted.
 */
@PartnerController('energy')
export class EnergyMetersController {
  constructor(
    private readonly service: EnergyService,
    private readonly delegates: Delegates,
    private readonly commands: CommandService,
    private readonly command: SubmitReadings,
  ) {}

  @PartnerRoute({
    method: 'GET',
    path: 'meters',
    rule: { callers: ['delegate'], scope: READINGS_SCOPE },
    summary: 'Zähler in laufenden Verträgen mit ihrem letzten Stand; leer für Partner, die Energie verkaufen',
    answer: EnergyMetersDto,
    example: METERS_EXAMPLE,
  })
  async meters(@PartnerScope() scope: RequestScope): Promise<EnergyMetersDto> {
    const customer = await this.delegates.getCustomer(scope);
    const meters = await this.service.meters(scope, customer);
    return toMetersDto(meters, this.service.findAccount(scope, customer) ?? '');
  }

  @PartnerRoute({
    method: 'GET',
    path: 'readings',
    rule: { callers: ['delegate'], scope: READINGS_SCOPE },
    summary: 'Zählerstände eines Zählers seit Beginn der Lieferung',
    answer: EnergyReadingsDto,
    example: READINGS_EXAMPLE,
  })
  @ApiNotFoundResponse({ description: 'Diesen Zähler gibt es nicht, oder der Partner darf ihn nicht sehen.' })
  async readings(@Query() query: EnergyReadingsQuery, @PartnerScope() scope: RequestScope): Promise<EnergyReadingsDto> {
    const page = parseReadingPage(query);
    const customer = await this.delegates.getCustomer(scope);
    const { value: meter, account } = await this.getMeter(scope, customer, query.meterId);
    const { value, source } = await this.service.readings(scope, customer, meter);
    const key = keyOf(meter, account);
    const found = pageOfHistory(value, meter, page);
    return toReadingsDto({ ...found, items: found.items.map((reading) => toReadingDto(reading, key)) }, source);
  }

  @PartnerRoute({
    method: 'POST',
    path: 'readings',
    rule: { callers: ['delegate'], scope: READINGS_WRITE_SCOPE },
    summary: 'Meldet die Zählerstände eines Zählers; braucht auch die Freigabe energy.readings:read',
    answer: ProcessDto,
    durable: true,
  })
  async submit(
    @IdempotencyKey() key: string,
    @Body() input: EnergyReadingsInput,
    @PartnerScope() scope: RequestScope,
    @Res({ passthrough: true }) reply: PartnerReply,
  ): Promise<object> {
    const customer = await this.delegates.getCustomer(scope);
    const { kind } = this.command;
    const outcome = await this.commands.submit({ kind, key, input, customer, scope });
    return answerOutcome(outcome, reply, scope.language);
  }

  /** @throws AppError NOT_FOUND when the caller sees no such meter of the customer's */
  private async getMeter(
    scope: RequestScope,
    customer: Customer,
    id: string,
  ): Promise<Reading<Meter> & { readonly account: string }> {
    const key = parseMeterId(id);
    const account = this.service.findAccount(scope, customer);
    const reading = await this.service.meters(scope, customer);
    const meter = reading.value.find(
      ({ number, contractNumber }) =>
        key !== undefined &&
        key.account === account &&
        sameNumber(number, key.device) &&
        sameNumber(contractNumber, key.contract),
    );
    if (meter === undefined || account === null) throw new AppError('NOT_FOUND', 'no such meter', { path: 'meterId' });
    return { ...reading, value: meter, account };
  }
}
