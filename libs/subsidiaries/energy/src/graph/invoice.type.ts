import { ArgsType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateScalar, MoneyType, NodeType, PageInfoType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate } from '#lib/kernel';

@ObjectType('Invoice', { implements: () => [NodeType], description: 'Rechnung. Negative Beträge sind Guthaben.' })
export class InvoiceType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Rechnungsnummer.' })
  number: string;

  @Field(() => DateScalar, { description: 'Rechnungsdatum.' })
  date: CalendarDate;

  @Field(() => DateScalar, { description: 'Fälligkeit.' })
  due: CalendarDate;

  @Field(() => MoneyType, { description: 'Rechnungsbetrag.' })
  amount: MoneyType;

  @Field(() => MoneyType, { description: 'Davon noch offen.' })
  open: MoneyType;

  @Field(() => Boolean, { description: 'Überfällig: es ist noch etwas zu zahlen, das vor heute fällig war.' })
  overdue: boolean;
}

@ObjectType('InvoiceConnection', {
  implements: () => [SourcedType],
  description: 'Rechnungen, neueste zuerst, seitenweise.',
})
export class InvoiceConnectionType implements SourcedType {
  @Field(() => [InvoiceType])
  nodes: InvoiceType[];

  @Field(() => PageInfoType)
  pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true, description: 'Anzahl über alle Seiten.' })
  totalCount: number | null;

  @Field(() => SourceType)
  source: SourceType;
}

@ArgsType()
export class InvoiceArgs {
  @Field(() => Boolean, {
    nullable: true,
    description: 'true: nur offene, false: nur ausgeglichene, ohne Angabe: alle.',
  })
  open?: boolean | null;

  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'Höchstzahl, 1 bis 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Zeiger "endCursor" der vorigen Seite.' })
  after?: string | null;
}
