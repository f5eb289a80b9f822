import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import type { Instant } from '#lib/kernel';
import { DateTimeScalar } from '../scalars/time.scalars.js';
import { CustomerType } from '../types/customer.type.js';
import { SubsidiaryEnum } from '../types/subsidiary.enum.js';
import { RefusalType } from './refusal.type.js';

@ObjectType('LinkLetterRequested', {
  description: 'Ein Brief mit einem Code ist angefordert. Die Antwort ist für jede Nummer gleich.',
})
export class LinkLetterRequestedType {
  @Field(() => SubsidiaryEnum)
  subsidiary: string;

  @Field(() => DateTimeScalar, { description: 'Bis dahin gilt der Code.' })
  codeExpiresAt: Instant;
}

const customerOrRefusal = (name: string, description: string) =>
  createUnionType({
    name,
    description,
    types: () => [CustomerType, RefusalType] as const,
    resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : CustomerType),
  });

export const ConsentResult = customerOrRefusal('ConsentResult', 'Der Kunde im neuen Stand oder eine Ablehnung.');

export const LinkResult = customerOrRefusal('LinkResult', 'Der Kunde im neuen Stand oder eine Ablehnung.');

export const LinkLetterResult = createUnionType({
  name: 'LinkLetterResult',
  description: 'Der angeforderte Brief oder eine Ablehnung.',
  types: () => [LinkLetterRequestedType, RefusalType] as const,
  resolveType: (value: object) => (value instanceof RefusalType ? RefusalType : LinkLetterRequestedType),
});
