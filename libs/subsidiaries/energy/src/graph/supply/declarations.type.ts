import { createUnionType, Field, InputType, ObjectType } from '@nestjs/graphql';
import { DateScalar, DateTimeScalar, RefusalType } from '#lib/graph';
import type { CalendarDate, Instant } from '#lib/kernel';
import type { NoticeKind } from '../../model/supply/notice.js';
import { NoticeKindEnum } from './supply.resolver.js';

@InputType('WithdrawalInput', { description: 'Widerruf ohne Anmeldung (§ 356a BGB).' })
export class WithdrawalInput {
  @Field(() => String, { description: 'Vor- und Nachname, wie sie im Vertrag stehen; höchstens 120 Zeichen.' })
  name: string;

  @Field(() => String, {
    description: 'Vertragsnummer, oder was den Vertrag sonst eindeutig bezeichnet; höchstens 100 Zeichen.',
  })
  contract: string;

  @Field(() => String, { description: 'E-Mail-Adresse für die Eingangsbestätigung.' })
  email: string;
}

@InputType('CancellationInput', { description: 'Kündigung ohne Anmeldung (§ 312k Abs. 2 BGB).' })
export class CancellationInput extends WithdrawalInput {
  @Field(() => NoticeKindEnum)
  kind: NoticeKind;

  @Field(() => String, {
    nullable: true,
    description: 'Grund, höchstens 500 Zeichen; nötig bei PRICE_CHANGE und GOOD_CAUSE.',
  })
  reason?: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description: 'Gewünschter letzter Tag; ohne Angabe, oder wenn er zu früh liegt, der nächstmögliche.',
  })
  until?: CalendarDate | null;
}

@ObjectType('PreparedDeclaration', {
  description: 'Erster Schritt: was erklärt würde. Noch ist nichts erklärt und nichts gespeichert.',
})
export class PreparedDeclarationType {
  @Field(() => [String], { description: 'Inhalt der Erklärung, Zeile für Zeile, zum Anzeigen vor der Bestätigung.' })
  statement: readonly string[];

  @Field(() => String, { description: 'Für den zweiten Schritt; enthält die Angaben, signiert.' })
  token: string;

  @Field(() => DateTimeScalar, { description: 'Bis dahin gilt "token".' })
  expiresAt: Instant;
}

@ObjectType('ConfirmedDeclaration', {
  description:
    'Zweiter Schritt: Eingang der Erklärung. Ob es den Vertrag gibt, steht hier nicht; das Ergebnis geht an die Anschrift des Vertrags.',
})
export class ConfirmedDeclarationType {
  @Field(() => String, { description: 'Vorgangsnummer, z. B. "2026-7K3M-9QXT".' })
  number: string;

  @Field(() => DateTimeScalar, { description: 'Tag und Uhrzeit des Zugangs.' })
  at: Instant;

  @Field(() => String, { description: 'Bestätigung in Textform, wie sie auch per E-Mail kommt.' })
  text: string;

  @Field(() => String, { description: 'Signierte Bestätigung als JWS (flattened JSON); prüfbar ohne Netz.' })
  signedJson: string;
}

export const PreparedOutcome = createUnionType({
  name: 'PreparedOutcome',
  types: () => [PreparedDeclarationType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : PreparedDeclarationType),
});

export const ConfirmedOutcome = createUnionType({
  name: 'ConfirmedOutcome',
  types: () => [ConfirmedDeclarationType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : ConfirmedDeclarationType),
});
