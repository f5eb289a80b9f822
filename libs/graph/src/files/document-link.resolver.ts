import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Capabilities } from '#lib/access';
import type { RequestScope } from '#lib/kernel';
import { Scope } from '../scope.decorator.js';
import { DocumentType, LinkType } from './document.type.js';

@Resolver(() => DocumentType)
export class DocumentLinkResolver {
  constructor(private readonly capabilities: Capabilities) {}

  @ResolveField(() => LinkType, { description: 'Jede Abfrage gibt eine neue Adresse.' })
  link(@Parent() { file }: DocumentType, @Scope() scope: RequestScope): Promise<LinkType> {
    return this.capabilities.issue(scope, file);
  }
}
