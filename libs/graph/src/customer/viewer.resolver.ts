import { Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '#lib/access';
import type { Instant, RequestScope } from '#lib/kernel';
import { MandateType, toMandate } from '../agents/mandate.types.js';
import { toViewer } from './to-viewer.js';
import { Reusable } from '../reuse/reusable.decorator.js';
import { Scope } from '../scope.decorator.js';
import { ViewerType } from './viewer.type.js';

@Resolver(() => ViewerType)
export class ViewerResolver {
  @Reusable()
  @Allow({ callers: 'anyone' })
  @Query(() => ViewerType, { description: 'Wer diese Abfrage stellt.' })
  viewer(@Scope() scope: RequestScope): ViewerType {
    return toViewer(scope);
  }

  /** Has a resolver so that no answer with it is given again: it is the session's, not the customer's. */
  @ResolveField()
  stepUpUntil(@Parent() { stepUpUntil }: ViewerType): Instant | null {
    return stepUpUntil;
  }

  @ResolveField(() => MandateType, { nullable: true, description: 'Wer gerade bedient wird; sonst null.' })
  mandate(@Scope() { principal }: RequestScope): MandateType | null {
    return principal.kind === 'agent' && principal.mandate !== null ? toMandate(principal.mandate) : null;
  }
}
