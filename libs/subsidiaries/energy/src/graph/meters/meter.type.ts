import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import { DateScalar, DecimalScalar, NodeType, SourcedType, SourceType } from '#lib/graph';
import type { CalendarDate, DecimalText } from '#lib/kernel';
import type { Meter } from '../../model/meters/meter.js';

@ObjectType('Register', { description: 'Zählwerk eines Zählers.' })
export class RegisterType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Bezeichnung in den Worten des Systems, z. B. "Hochtarif".' })
  name: string;

  @Field(() => String, { description: 'Einheit, z. B. "kWh".' })
  unit: string;

  @Field(() => Int, { description: 'Stellen vor dem Komma, die der Zähler anzeigt.' })
  integerDigits: number;

  @Field(() => Int, { description: 'Stellen nach dem Komma.' })
  decimals: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Letzter bekannter Zählerstand dieses Kunden; null, wenn es keinen gibt.',
  })
  lastValue: DecimalText | null;

  @Field(() => DateScalar, { nullable: true, description: 'Tag des letzten Zählerstands.' })
  lastDate: CalendarDate | null;
}

@ObjectType('Meter', {
  implements: () => [NodeType, SourcedType],
  description: 'Zähler in einem laufenden Vertrag. Zählerdaten sind Netzdaten: der Vertrieb sieht sie nicht.',
})
export class MeterType implements NodeType, SourcedType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Zählernummer, wie sie auf dem Zähler steht.' })
  serialNumber: string;

  @Field(() => [RegisterType], { description: 'Zählwerke, die abzulesen sind; für eine Meldung braucht es alle.' })
  registers: RegisterType[];

  @Field(() => SourceType)
  source: SourceType;

  /** Not part of the graph: what the fields with a read of their own need. */
  meter: Meter;
  account: string;
  customer: Customer;
}
