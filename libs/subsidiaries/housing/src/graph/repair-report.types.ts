import { ArgsType, Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ContactInput, NodeType, SubmissionArgs } from '#lib/graph';
import type { Choice } from '#lib/kernel';
import { applianceChoices, roomChoices } from '../model/repair-words.js';

/** An enum of the words that can be reported, with what people read for them. */
function enumOf(name: string, description: string, choices: readonly Choice[]): Record<string, string> {
  const values = Object.fromEntries(choices.map(({ value }) => [value, value]));
  const valuesMap = Object.fromEntries(choices.map(({ value, label }) => [value, { description: label }]));
  registerEnumType(values, { name, description, valuesMap });
  return values;
}

const RoomTypeEnum = enumOf('RoomType', 'Art des Raums, in dem etwas beschädigt ist.', roomChoices('de'));
const ApplianceTypeEnum = enumOf('ApplianceType', 'Art des Geräts, das beschädigt ist.', applianceChoices('de'));

@ArgsType()
export class ReportRepairArgs extends SubmissionArgs {
  @Field(() => ID, { description: 'Mietvertrag, der noch läuft oder erst beginnt.' })
  leaseId: string;

  @Field(() => RoomTypeEnum)
  roomType: string;

  @Field(() => String, { nullable: true, description: 'Der Raum in den Worten des Mieters.' })
  room?: string | null;

  @Field(() => ApplianceTypeEnum, { nullable: true })
  applianceType?: string | null;

  @Field(() => String, { nullable: true, description: 'Das Gerät in den Worten des Mieters.' })
  appliance?: string | null;

  @Field(() => String, { description: 'Was beschädigt ist; höchstens 2.000 Zeichen, auch mehrere Zeilen.' })
  description: string;

  @Field(() => ContactInput, { nullable: true, description: 'Wer öffnet, wenn nicht der Mieter selbst.' })
  contact?: ContactInput | null;
}

@ObjectType('RepairReport', { implements: () => [NodeType], description: 'Mängelmeldung, die angekommen ist.' })
export class RepairReportType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true, description: 'Nummer der Meldung bei jenawohnen, wenn es eine nennt.' })
  number: string | null;
}
