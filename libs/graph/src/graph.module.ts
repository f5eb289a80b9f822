import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { ScopeFactory } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { parseAcceptLanguage } from '#lib/kernel';
import { answerPlugin } from './answer/answer.plugin.js';
import { httpStatusPlugin } from './answer/http-status.plugin.js';
import { RequestError, shapeError, shapeErrorWithoutSuggestions } from './answer/error-shape.js';
import { CompilingDriver } from './execution/compiling.driver.js';
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
import { AnswerReuse } from './reuse/answer-reuse.js';
import { ReuseModule } from './reuse/reuse.module.js';
import type { GraphContext } from './scope.decorator.js';
import { tellRules } from './rules/tell-rules.js';
import { ownCustomer } from './subgraph/own-customer.js';
import { toSubgraph } from './subgraph/to-subgraph.js';
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
  /** The only one that this process serves, as a subgraph of the whole; all of them unless given. */
  readonly only?: GraphSubsidiary;
}

/** What Fastify hands to the context function, as far as it is used. */
interface FastifyPair {
  readonly request: Parameters<ScopeFactory['open']>[0];
  readonly reply: { readonly raw: Parameters<ScopeFactory['open']>[1] };
}

/** What no single subsidiary's process can serve. */
const OF_THE_WHOLE = [
  AccessRecordResolver,
  ConsentResolver,
  LinkResolver,
  DocumentLinkResolver,
  HandoverResolver,
  MandateResolver,
  PartnerGrantResolver,
  ServedCustomerResolver,
  TrustedDocuments,
  DocumentGate,
];

/** The endpoint `/graphql`: one graph over all installed subsidiaries. */
@Module({})
export class GraphModule {
  static of({ subsidiaries, introspection, only }: GraphOptions): DynamicModule {
    registerSubsidiaries(subsidiaries);
    const served = only === undefined ? subsidiaries : [only];
    return {
      module: GraphModule,
      imports: [
        GraphQLModule.forRootAsync<ApolloDriverConfig>({
          driver: CompilingDriver,
          imports: [ReuseModule],
          inject: [ScopeFactory, CustomerAccess, AnswerReuse],
          useFactory: (scopes: ScopeFactory, customers: CustomerAccess, reuse: AnswerReuse) => ({
            ...apolloOptions(reuse, introspection),
            ...(only && { transformSchema: (schema) => toSubgraph(tellRules(schema), ownCustomer(customers)) }),
            plugins: [
              limitsPlugin(),
              answerPlugin(customers, scopes, reuse),
              httpStatusPlugin(),
              // None of Apollo's own: the first would wrap every field.
              ApolloServerPluginCacheControlDisabled(),
              ApolloServerPluginUsageReportingDisabled(),
              ApolloServerPluginInlineTraceDisabled(),
            ],
          }),
        }),
        GraphProcessesModule,
        ...served.map(({ module }) => module),
      ],
      providers: [
        CustomerResolver,
        ViewerResolver,
        ...(only === undefined ? OF_THE_WHOLE : []),
        { provide: SUBSIDIARY_KEYS, useValue: subsidiaries.map(({ key }) => key) },
      ],
    };
  }
}

function apolloOptions(scopes: AnswerReuse, introspection: boolean): Omit<ApolloDriverConfig, 'driver'> {
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
  scopes: AnswerReuse,
  request: FastifyPair['request'],
  reply: FastifyPair['reply'],
): Promise<GraphContext> {
  try {
    return { scope: await scopes.open(request, reply.raw) };
  } catch (error) {
    throw new RequestError(error, parseAcceptLanguage([request.headers['accept-language']].flat()[0]));
  }
}
