import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { DateScalar, DocumentType, MoneyType, NodeType, PageInfoType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate } from '#lib/kernel';
import { INVOICE_STATES, type InvoiceState } from '../../model/billing/invoice.js';

const InvoiceStateEnum = Object.fromEntries(INVOICE_STATES.map((state) => [state, state]));
registerEnumType(InvoiceStateEnum, {
  name: 'InvoiceState',
  description: 'Stand der Zahlung einer Rechnung.',
  valuesMap: {
    OPEN: { description: 'Offen' },
    DEBIT_RELEASED: { description: 'Zur Abbuchung freigegeben' },
    COLLECTION: { description: 'Wird eingezogen' },
    TRANSFER_NOTIFIED: { description: 'Überweisung angekündigt' },
    NOT_PAYABLE: { description: 'Kann nicht bezahlt werden' },
    PAID: { description: 'Bezahlt' },
    PROMISED: { description: 'Zahlung zugesagt' },
    SPECIFIED: { description: 'Zahlungsaufteilung angegeben' },
    OTHER: { description: 'Anderer oder nicht genannt' },
  },
});

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

  @Field(() => InvoiceStateEnum, { description: 'Stand der Zahlung.' })
  state: InvoiceState;

  @Field(() => Boolean, { description: 'Überfällig: es ist noch etwas zu zahlen, das vor heute fällig war.' })
  overdue: boolean;

  @Field(() => DocumentType, {
    nullable: true,
    description: 'Die Rechnung als PDF; null, wenn der Aufrufer Netzdaten nicht sehen darf.',
  })
  document: DocumentType | null;

  /** Not part of the graph: whose it is. */
  customer: Customer;
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

  @Field(() => [InvoiceStateEnum], { nullable: true, description: 'Nur in diesen Ständen.' })
  states?: InvoiceState[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Nur mit Rechnungsdatum ab diesem Tag.' })
  from?: CalendarDate | null;

  @Field(() => DateScalar, { nullable: true, description: 'Nur mit Rechnungsdatum bis zu diesem Tag, einschließlich.' })
  until?: CalendarDate | null;

  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'Höchstzahl, 1 bis 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Zeiger "endCursor" der vorigen Seite.' })
  after?: string | null;
}
