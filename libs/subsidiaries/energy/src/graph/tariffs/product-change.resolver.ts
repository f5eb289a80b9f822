import { Args, ArgsType, Field, ID, InputType, Mutation, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import {
  DateScalar,
  Outcome,
  Scope,
  SubmissionArgs,
  Submissions,
  type ProcessType,
  type RefusalType,
} from '#lib/graph';
import type { CalendarDate, RequestScope } from '#lib/kernel';
import { ChangeProduct } from '../../commands/change-product.js';
import type { TariffZone } from '../../model/tariffs/tariff.js';
import { ZoneEnum } from './tariff.type.js';

@InputType('SeenPriceInput', { description: 'Ein Preis des Angebots, wie er dem Kunden gezeigt wurde.' })
export class SeenPriceInput {
  @Field(() => ZoneEnum, { nullable: true, description: 'Tarifzeit des Arbeitspreises; ohne Angabe der Grundpreis.' })
  zone?: TariffZone | null;

  @Field(() => String, { description: '"grossPrice" des Angebots, mit allen Dezimalen.' })
  grossPrice: string;
}

@ArgsType()
export class ChangeProductArgs extends SubmissionArgs {
  @Field(() => ID)
  contractId: string;

  @Field(() => ID, { description: 'Der neue Tarif.' })
  tariffId: string;

  @Field(() => DateScalar, {
    description: 'Erster Tag des neuen Tarifs, frühestens wenn der alte nach Frist und Laufzeit enden könnte.',
  })
  from: CalendarDate;

  @Field(() => [SeenPriceInput], {
    description: 'Alle Preise, die der Kunde bei seiner Entscheidung sah; gelten andere, wird abgelehnt.',
  })
  seen: SeenPriceInput[];

  @Field(() => Boolean, {
    description:
      'true, wenn die Schaltfläche „zahlungspflichtig bestellen“ hieß und betätigt wurde (§ 312j Abs. 3 BGB).',
  })
  orderConfirmed: boolean;
}

/** How customers order another tariff for a contract. */
@Resolver()
export class ProductChangeResolver {
  constructor(
    private readonly submissions: Submissions,
    private readonly command: ChangeProduct,
  ) {}

  @Allow({ callers: ['customer', 'agent'] })
  @Mutation(() => Outcome, { description: 'Bestellt für einen Vertrag einen anderen Tarif zu den gezeigten Preisen.' })
  changeProduct(
    @Args() { key, customerId, receiptTo, ...input }: ChangeProductArgs,
    @Scope() scope: RequestScope,
  ): Promise<ProcessType | RefusalType> {
    return this.submissions.submit({ kind: this.command.kind, key, customerId, receiptTo, input }, scope);
  }
}
