import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar, DecimalScalar, NodeType, PageInfoType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import {
  READING_CATEGORIES,
  READING_REASONS,
  READING_STATES,
  type ReadingCategory,
  type ReadingReason,
  type ReadingState,
} from '../../model/meters/kept-reading.js';

const named = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

export const ReadingCategoryEnum = named(READING_CATEGORIES);
registerEnumType(ReadingCategoryEnum, {
  name: 'ReadingCategory',
  description: 'Ableseart: wer abgelesen hat.',
  valuesMap: {
    UTILITY: { description: 'Versorgungsunternehmen' },
    CUSTOMER: { description: 'Kunde' },
    ESTIMATE: { description: 'Geschätzt' },
    OTHER: { description: 'Andere oder nicht genannt' },
  },
});

const StateEnum = named(READING_STATES.filter((state) => state !== 'ORDERED'));
registerEnumType(StateEnum, {
  name: 'ReadingState',
  description: 'Ablesestatus: was aus dem Zählerstand geworden ist.',
  valuesMap: {
    BILLABLE: { description: 'Abrechenbar' },
    IMPLAUSIBLE: { description: 'Als unplausibel gesperrt' },
    LOCKED: { description: 'Vom Sachbearbeiter gesperrt' },
    RELEASED: { description: 'Vom Sachbearbeiter freigegeben' },
    CHECKED: { description: 'Geprüft' },
    BILLED: { description: 'Abgerechnet' },
    OTHER: { description: 'Anderer oder nicht genannt' },
  },
});

const ReasonEnum = named(READING_REASONS);
registerEnumType(ReasonEnum, {
  name: 'ReadingReason',
  description: 'Ablesegrund.',
  valuesMap: {
    PERIODIC: { description: 'Turnusablesung' },
    INTERIM_BILLED: { description: 'Zwischenablesung mit Abrechnung' },
    INTERIM: { description: 'Zwischenablesung ohne Abrechnung' },
    MOVE_OUT: { description: 'Auszug' },
    MOVE_IN: { description: 'Einzug' },
    CONTROL: { description: 'Kontrollablesung' },
    REMOVAL: { description: 'Ausbau des Zählers' },
    DISCONNECTION: { description: 'Sperrung' },
    RECONNECTION: { description: 'Wiederinbetriebnahme' },
    OTHER: { description: 'Anderer oder nicht genannt' },
  },
});

@ObjectType('MeterReading', { implements: () => [NodeType], description: 'Zählerstand eines Zählwerks.' })
export class MeterReadingType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => ID, { description: 'Zählwerk, wie unter Meter.registers.' })
  registerId: string;

  @Field(() => DateScalar, { description: 'Ablesetag.' })
  date: CalendarDate;

  @Field(() => DecimalScalar, { description: 'Zählerstand mit so vielen Stellen, wie der Zähler zeigt.' })
  value: DecimalText;

  @Field(() => String, { nullable: true, description: 'Einheit, z. B. "kWh".' })
  unit: string | null;

  @Field(() => ReadingCategoryEnum)
  category: ReadingCategory;

  @Field(() => StateEnum)
  state: ReadingState;

  @Field(() => ReasonEnum)
  reason: ReadingReason;
}

@ObjectType('MeterReadingConnection', {
  implements: () => [SourcedType],
  description: 'Zählerstände, neueste zuerst, seitenweise.',
})
export class MeterReadingConnectionType implements SourcedType {
  @Field(() => [MeterReadingType])
  nodes: MeterReadingType[];

  @Field(() => PageInfoType)
  pageInfo: PageInfoType;

  @Field(() => Int, { nullable: true, description: 'Anzahl über alle Seiten.' })
  totalCount: number | null;

  @Field(() => SourceType)
  source: SourceType;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true, defaultValue: 12, description: 'Höchstzahl, 1 bis 100.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Zeiger "endCursor" der vorigen Seite.' })
  after?: string | null;
}

@ArgsType()
export class ReadingPageArgs extends PageArgs {
  @Field(() => [StateEnum], {
    nullable: true,
    description: 'Nur in diesen Ständen, z. B. IMPLAUSIBLE und LOCKED: was noch zu prüfen ist.',
  })
  states?: ReadingState[] | null;
}
