import { createUnionType, Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Customer } from '#lib/customer';
import type { Instant } from '#lib/kernel';
import type { ProcessState, ProcessView } from '#lib/processes';
import { RefusalType } from '../rights/refusal.type.js';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { NodeType } from '../types/node.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { ProcessStateEnum } from './process-state.enum.js';

@ObjectType('Receipt', { description: 'Bestätigung, dass ein Auftrag angenommen wurde. Sie nennt keinen Kunden.' })
export class ReceiptType {
  @Field(() => String, { description: 'Vorgangsnummer zum Vorlesen, z. B. "2026-7K3M-9QXT".' })
  number: string;

  @Field(() => DateTimeScalar, { description: 'Angenommen am.' })
  at: Instant;

  @Field(() => String, {
    nullable: true,
    description:
      'Signiert als JWS (RFC 7515, JSON), prüfbar mit den Schlüsseln unter /.well-known/saaltor-receipt-keys.json; ' +
      'null, wenn der Aufrufer nicht alle Schritte sehen darf.',
  })
  signedJson: string | null;
}

@ObjectType('Step', { description: 'Ein Schritt eines Vorgangs in einer Gesellschaft.' })
export class StepType {
  @Field(() => String, { description: 'Im Vorgang eindeutig.' })
  key: string;

  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => String)
  title: string;

  @Field(() => ProcessStateEnum)
  state: ProcessState;

  @Field(() => RefusalType, { nullable: true })
  refusal: RefusalType | null;

  @Field(() => DateTimeScalar, { description: 'Seit wann der Schritt so steht.' })
  at: Instant;
}

@ObjectType('Process', {
  implements: () => [NodeType],
  description: 'Vorgang: ein angenommener Auftrag, der nicht verloren geht, aus einem oder mehreren Schritten.',
})
export class ProcessType implements NodeType {
  @Field(() => ID)
  id: string;

  @Field(() => String, { description: 'Art, z. B. "energy.submit-readings".' })
  kind: string;

  @Field(() => String, { description: 'Was der Kunde dazu liest, in seiner Sprache.' })
  title: string;

  @Field(() => ProcessStateEnum)
  state: ProcessState;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Spätestens dann steht das Ergebnis fest, oder es kümmert sich jemand; null, wenn das schon so ist.',
  })
  deadline: Instant | null;

  @Field(() => Int, { nullable: true, description: 'Nach so vielen Sekunden lohnt es, wieder nachzusehen.' })
  pollAfterSeconds: number | null;

  @Field(() => [StepType], { description: 'Schritte, die der Aufrufer sehen darf, in ihrer Reihenfolge.' })
  steps: readonly StepType[];

  @Field(() => RefusalType, {
    nullable: true,
    description: 'Grund der Ablehnung, oder die offene Frage: "problems.choices" sind die möglichen Antworten.',
  })
  refusal: RefusalType | null;

  @Field(() => ReceiptType)
  receipt: ReceiptType;

  @Field(() => DateTimeScalar, { description: 'Angenommen am.' })
  createdAt: Instant;

  @Field(() => Boolean, { description: 'Ob ihn der Kunde noch zurückziehen kann ("cancelProcess").' })
  cancellable: boolean;

  /** Not in the schema: what `result` is found by. */
  view: ProcessView;
  customer: Customer;
}

export const Outcome = createUnionType({
  name: 'Outcome',
  description:
    'Ergebnis eines Auftrags: der Vorgang, wie er jetzt steht, oder die Ablehnung; dann ist nichts gespeichert.',
  types: () => [ProcessType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : ProcessType),
});
