import { Field, Int, ObjectType } from '@nestjs/graphql';
import { refusalMessage, type CalendarDate, type DecimalText, type Language, type Refusal } from '#lib/kernel';
import { DecimalScalar } from '../scalars/decimal.scalar.js';
import { DateScalar } from '../scalars/time.scalars.js';

@ObjectType('Choice', { description: 'Ein Wert, der angenommen würde.' })
export class ChoiceType {
  @Field(() => String)
  value: string;

  @Field(() => String, { description: 'Was der Kunde dazu liest, in seiner Sprache.' })
  label: string;
}

@ObjectType('Problem', { description: 'Was an einer Angabe nicht stimmt und was stattdessen ginge.' })
export class ProblemType {
  @Field(() => String, { description: 'Name der Angabe, z. B. "textVersion".' })
  path: string;

  @Field(() => String)
  code: string;

  @Field(() => String, { description: 'Satz für den Kunden in seiner Sprache.' })
  message: string;

  @Field(() => [ChoiceType])
  choices: readonly ChoiceType[];

  @Field(() => DecimalScalar, { nullable: true })
  minimum: DecimalText | null;

  @Field(() => DecimalScalar, { nullable: true })
  maximum: DecimalText | null;

  @Field(() => DateScalar, { nullable: true })
  earliest: CalendarDate | null;
}

@ObjectType('Refusal', { description: 'Ablehnung, die der Kunde selbst beheben oder abwarten kann; kein Fehler.' })
export class RefusalType {
  @Field(() => String, { description: 'Grund; neue Gründe kommen als neue Codes hinzu.' })
  code: string;

  @Field(() => String, { description: 'Satz für den Kunden in seiner Sprache.' })
  message: string;

  @Field(() => String, { nullable: true, description: 'Wortlaut der Gesellschaft, wenn sie die Ablehnung begründet.' })
  subsidiaryMessage: string | null;

  @Field(() => [ProblemType])
  problems: readonly ProblemType[];

  @Field(() => Int, { nullable: true, description: 'Nach so vielen Sekunden lohnt ein neuer Versuch.' })
  retryAfterSeconds: number | null;
}

/** A refusal in the caller's language. */
export function toRefusal(
  { code, problems, retryAfterSeconds, subsidiaryMessage }: Refusal,
  language: Language,
): RefusalType {
  const spoken = problems.map(({ path, code: reason, choices = [], minimum, maximum, earliest }) => ({
    path,
    code: reason,
    message: refusalMessage(reason, language),
    choices,
    minimum: minimum ?? null,
    maximum: maximum ?? null,
    earliest: earliest ?? null,
  }));
  return Object.assign(new RefusalType(), {
    code,
    message: refusalMessage(code, language),
    subsidiaryMessage,
    problems: spoken,
    retryAfterSeconds,
  });
}
