import { Field, ObjectType, Query, registerEnumType, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { RequestScope } from '#lib/kernel';
import { Scope } from '../scope.decorator.js';

export enum ViewerKind {
  ANONYMOUS = 'ANONYMOUS',
  CUSTOMER = 'CUSTOMER',
}

registerEnumType(ViewerKind, { name: 'ViewerKind', description: 'Art des Aufrufers.' });

@ObjectType('Viewer', { description: 'Wer diese Abfrage stellt.' })
export class ViewerType {
  @Field(() => ViewerKind)
  kind: ViewerKind;

  @Field(() => String, { description: 'Sprache der Sätze in dieser Antwort: de, de-simple oder en.' })
  language: string;
}

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Allow({ callers: 'anyone' })
  @Query(() => ViewerType, { description: 'Wer diese Abfrage stellt.' })
  viewer(@Scope() scope: RequestScope): ViewerType {
    const kind = scope.principal.kind === 'customer' ? ViewerKind.CUSTOMER : ViewerKind.ANONYMOUS;
    return { kind, language: scope.language };
  }
}
