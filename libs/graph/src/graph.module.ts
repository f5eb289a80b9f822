import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { ScopeFactory } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { parseAcceptLanguage } from '#lib/kernel';
import { answerPlugin } from './answer/answer.plugin.js';
import { httpStatusPlugin } from './answer/http-status.plugin.js';
import { RequestError, shapeError, shapeErrorWithoutSuggestions } from './answer/error-shape.js';
import { CustomerResolver } from './customer/customer.resolver.js';
import { HandoverResolver } from './agents/handover.resolver.js';
import { MandateResolver } from './agents/mandate.resolver.js';
import { ServedCustomerResolver } from './agents/served-customer.resolver.js';
import { PartnerGrantResolver } from './grants/partner-grant.resolver.js';
import { ViewerResolver } from './customer/viewer.resolver.js';
import { GraphProcessesModule } from './processes/graph-processes.module.js';
import { AccessRecordResolver } from './record/access-record.resolver.js';
import { ConsentResolver } from './rights/consent.resolver.js';
import { LinkResolver } from './rights/link.resolver.js';
import { DocumentLinkResolver } from './files/document-link.resolver.js';
import { DocumentGate } from './documents/document-gate.js';
import { TrustedDocuments } from './documents/trusted-documents.js';
import { limitsPlugin } from './limits/limits.plugin.js';
import { aliasLimit, depthLimit, directiveLimit, MOST_TOKENS } from './limits/shape-limits.js';
import type { GraphContext } from './scope.decorator.js';
import { tellRules } from './rules/tell-rules.js';
import { SUBSIDIARY_KEYS } from './subsidiary-keys.js';
import { registerSubsidiaries } from './types/subsidiary.enum.js';

/** What the graph needs to know of an installed subsidiary. */
export interface GraphSubsidiary {
  readonly key: string;
  readonly title: string;
  readonly module: Type<unknown>;
}

export interface GraphOptions {
  readonly subsidiaries: readonly GraphSubsidiary[];
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
}

/** What Fastify hands to the context function, as far as it is used. */
interface FastifyPair {
  readonly request: Parameters<ScopeFactory['open']>[0];
  readonly reply: { readonly raw: Parameters<ScopeFactory['open']>[1] };
}

/** The endpoint `/graphql`: one graph over all installed subsidiaries. */
@Module({})
export class GraphModule {
  static of({ subsidiaries, introspection }: GraphOptions): DynamicModule {
    registerSubsidiaries(subsidiaries);
    return {
      module: GraphModule,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: ApolloDriver,
          inject: [ScopeFactory, CustomerAccess],
          useFactory: (scopes: ScopeFactory, customers: CustomerAccess) => ({
            ...apolloOptions(scopes, introspection),
            plugins: [limitsPlugin(), answerPlugin(customers, scopes), httpStatusPlugin()],
          }),
        }),
        GraphProcessesModule,
        ...subsidiaries.map(({ module }) => module),
      ],
      providers: [
        AccessRecordResolver,
        ConsentResolver,
        LinkResolver,
        CustomerResolver,
        DocumentLinkResolver,
        HandoverResolver,
        MandateResolver,
        PartnerGrantResolver,
        ServedCustomerResolver,
        ViewerResolver,
        TrustedDocuments,
        DocumentGate,
        { provide: SUBSIDIARY_KEYS, useValue: subsidiaries.map(({ key }) => key) },
      ],
    };
  }
}

function apolloOptions(scopes: ScopeFactory, introspection: boolean): Omit<ApolloDriverConfig, 'driver'> {
  return {
    autoSchemaFile: true,
    transformSchema: tellRules,
    sortSchema: true,
    graphiql: false,
    introspection,
    hideSchemaDetailsFromClientErrors: !introspection,
    includeStacktraceInErrorResponses: false,
    autoTransformHttpErrors: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: [depthLimit, aliasLimit, directiveLimit],
    allowBatchedHttpRequests: false,
    // Apollo's own protocol would let requests register documents.
    persistedQueries: false,
    // Apollo hides suggestions of its validation only, not those about variables.
    formatError: introspection ? shapeError : shapeErrorWithoutSuggestions,
    context: (request: FastifyPair['request'], reply: FastifyPair['reply']) => openContext(scopes, request, reply),
  };
}

async function openContext(
  scopes: ScopeFactory,
  request: FastifyPair['request'],
  reply: FastifyPair['reply'],
): Promise<GraphContext> {
  try {
    return { scope: await scopes.open(request, reply.raw, 'graph') };
  } catch (error) {
    throw new RequestError(error, parseAcceptLanguage([request.headers['accept-language']].flat()[0]));
  }
}
