import { Injectable } from '@nestjs/common';
import { ArgsType, Field, ID } from '@nestjs/graphql';
import { Counter } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { Refusal, type RequestScope } from '#lib/kernel';
import { CommandService } from '#lib/processes';
import { toRefusal, type RefusalType } from '../rights/refusal.type.js';
import { meantCustomer } from './meant-customer.js';
import type { ProcessType } from './process.types.js';
import { toProcess } from './to-process.js';

/** What every durable mutation takes beside its own input. */
@ArgsType()
export class SubmissionArgs {
  @Field(() => String, {
    description:
      'Vom Client vor dem ersten Versuch erzeugt, z. B. eine UUID; höchstens 255 Zeichen. Mit demselben Schlüssel und ' +
      'derselben Eingabe kommt immer derselbe Vorgang heraus, mit einer anderen Eingabe CONFLICT.',
  })
  key: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Für wen; ohne Angabe der angemeldete Kunde, bei Mitarbeitenden der, den sie gerade bedienen.',
  })
  customerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'E-Mail-Adresse, an die Bestätigung und Ergebnis gehen; ohne Angabe gibt es keine E-Mail.',
  })
  receiptTo?: string | null;
}

/** A wish as a durable mutation hands it on: its kind, and the fields of its own. */
export interface SubmittedWish extends SubmissionArgs {
  readonly kind: string;
  readonly input: object;
}

/** The way of every durable mutation from the graph to the engine and back. */
@Injectable()
export class Submissions {
  constructor(
    private readonly commands: CommandService,
    private readonly access: CustomerAccess,
    private readonly counter: Counter,
  ) {}

  /**
   * Waits for the outcome as long as the request wants.
   * @throws AppError as `CommandService.submit`, and where the caller may not act for that customer
   */
  async submit(
    { kind, key, customerId, receiptTo, input }: SubmittedWish,
    scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    const customer = await meantCustomer(this.access, this.counter, scope, customerId);
    const outcome = await this.commands.submit({ kind, key, input, customer, receiptTo, scope });
    if (outcome instanceof Refusal) return toRefusal(outcome, scope.language);
    return toProcess({ view: outcome, isWhole: true }, customer, scope.language);
  }
}
