import { Field, InputType } from '@nestjs/graphql';
import type { MandateProof } from '#lib/access';
import { AppError } from '#lib/kernel';
import { inputText } from '../rights/input-text.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';

/** More than any number or code has, blanks included. */
const LONGEST = 60;

@InputType('NumberProof', { description: 'Kundennummer, und ob sich der Kunde ausgewiesen hat.' })
export class NumberProofInput {
  @Field(() => SubsidiaryEnum, { description: 'Nur die eigene Gesellschaft.' })
  subsidiary: string;

  @Field(() => String)
  number: string;

  @Field(() => Boolean, { description: 'Ob Name und Bild mit einem Ausweis verglichen wurden.' })
  idDocumentSeen: boolean;
}

@InputType('PhoneSecretProof', { description: 'Kundennummer und Kennwort, das der Kunde am Telefon nennt.' })
export class PhoneSecretProofInput {
  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => String)
  number: string;

  @Field(() => String, { description: 'Großschreibung, Leer- und Satzzeichen sind gleich.' })
  secret: string;
}

@InputType('MandateProof', { isOneOf: true, description: 'Womit sich der Kunde zu erkennen gibt; genau eine Angabe.' })
export class MandateProofInput {
  @Field(() => String, { nullable: true, description: 'Code, den der Kunde mit "createHandoverCode" erzeugt hat.' })
  handoverCode?: string;

  @Field(() => String, { nullable: true, description: 'Nummer einer vorgelegten Karte.' })
  cardNumber?: string;

  @Field(() => PhoneSecretProofInput, { nullable: true })
  phoneSecret?: PhoneSecretProofInput;

  @Field(() => NumberProofInput, { nullable: true })
  customerNumber?: NumberProofInput;
}

/**
 * The proof in the words of the house. That exactly one is there is checked before, for variables as for literals.
 * @throws AppError INVALID_INPUT with path for texts that are empty or too long
 */
export function toProof({ handoverCode, cardNumber, phoneSecret, customerNumber }: MandateProofInput): MandateProof {
  if (typeof handoverCode === 'string') {
    return { kind: 'handover-code', code: inputText('by.handoverCode', handoverCode, LONGEST) };
  }
  if (typeof cardNumber === 'string') {
    return { kind: 'card-number', cardNumber: inputText('by.cardNumber', cardNumber, LONGEST) };
  }
  if (phoneSecret) {
    const { subsidiary } = phoneSecret;
    const number = inputText('by.phoneSecret.number', phoneSecret.number, LONGEST);
    const secret = inputText('by.phoneSecret.secret', phoneSecret.secret, LONGEST);
    return { kind: 'phone-secret', subsidiary, number, secret };
  }
  if (customerNumber) {
    const { subsidiary, idDocumentSeen } = customerNumber;
    const number = inputText('by.customerNumber.number', customerNumber.number, LONGEST);
    return { kind: 'customer-number', subsidiary, number, idDocumentSeen };
  }
  throw new AppError('INVALID_INPUT', 'no proof', { path: 'by', reason: 'exactly one proof must be given' });
}
