import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { AccessRecord, type Customer } from '#lib/customer';
import { AppError, parseGlobalId, toGlobalId, type RequestScope } from '#lib/kernel';
import { Scope } from '../scope.decorator.js';
import { CustomerType } from '../types/customer.type.js';
import { AccessActor, AccessRecordConnectionType } from './access-record.types.js';

const TYPE = 'AccessRecordEntry';

@Resolver(() => CustomerType)
export class AccessRecordResolver {
  constructor(private readonly record: AccessRecord) {}

  @ResolveField(() => AccessRecordConnectionType, {
    description:
      'Wer außer dem Kunden auf seine Angaben zugegriffen hat. Mitarbeitende sehen nur, was ihre Gesellschaft betrifft.',
  })
  async accessRecord(
    @Parent() customer: Customer,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Scope() { principal }: RequestScope,
  ): Promise<AccessRecordConnectionType> {
    if (first < 1 || first > 100)
      throw new AppError('INVALID_INPUT', 'first', { path: 'first', reason: 'must be 1 to 100' });
    const own = principal.kind === 'agent' ? principal.subsidiary : null;
    const { entries, hasMore } = await this.record.list(customer.id, first, readCursor(after), own);
    const nodes = entries.map(({ id, at, actorKind, subsidiary, operation, reason }) => ({
      id: toGlobalId(TYPE, String(id)),
      at,
      actor: AccessActor[actorKind.toUpperCase() as keyof typeof AccessActor],
      subsidiary,
      operation,
      reason,
    }));
    return { nodes, pageInfo: { hasNextPage: hasMore, endCursor: nodes.at(-1)?.id ?? null } };
  }
}

/** A cursor is the id of the entry that ended the page before. @throws AppError INVALID_INPUT when it is none of ours */
function readCursor(after: string | null | undefined): bigint | null {
  if (after === null || after === undefined) return null;
  const parsed = parseGlobalId(after);
  if (parsed?.type === TYPE && /^\d{1,18}$/.test(parsed.key)) return BigInt(parsed.key);
  throw new AppError('INVALID_INPUT', 'after', { path: 'after', reason: 'is no cursor of this list' });
}
