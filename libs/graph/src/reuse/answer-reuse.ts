import { Inject, Injectable, Optional } from '@nestjs/common';
import type { DocumentNode, FormattedExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { ScopeFactory } from '#lib/access';
import { CustomerAccess } from '#lib/customer';
import { CLOCK, type Clock, type Principal, type RequestScope } from '#lib/kernel';
import { answerKey, type AskedRequest } from './answer-key.js';
import { FinishedAnswers, type FinishedAnswer, type Terms } from './finished-answers.js';
import { reusableUntil } from './lifetime.js';
import { asksOnlyReusable } from './reusable.decorator.js';
import { ReuseSettings } from './reuse.settings.js';
import { sourcesOfReuse } from './sources-of-reuse.js';

type Incoming = Parameters<ScopeFactory['open']>[0];
type Outgoing = Parameters<ScopeFactory['open']>[1];

type Headers = Readonly<Record<string, number | string | string[] | undefined>>;

/** An answer that is being made and might be kept. */
interface Draft {
  readonly key: string;
  /** Clock time in milliseconds, before anything was read. */
  readonly begun: number;
  finished?: Terms & Pick<FinishedAnswer, 'bytes'>;
}

/** What was asked, and what came of it. */
export interface Answered {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode | undefined;
  readonly operation: OperationDefinitionNode | undefined;
  readonly result: FormattedExecutionResult;
}

/**
 * Gives finished answers again, ahead of execution (design.md, "A read, one way"): only to customers on their own data,
 * only what was complete, without errors or stale parts, and only while everything it was made of still stands. The
 * caller's token or session is checked for each request as for any other.
 */
@Injectable()
export class AnswerReuse {
  private readonly answers: FinishedAnswers;
  /** Callers of requests that the graph has not seen yet. */
  private readonly callers = new WeakMap<object, Promise<Principal>>();
  private readonly drafts = new WeakMap<object, Draft>();
  private readonly verdicts = new WeakMap<OperationDefinitionNode, boolean>();

  constructor(
    private readonly factory: ScopeFactory,
    private readonly access: CustomerAccess,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(ReuseSettings) settings?: ReuseSettings,
  ) {
    this.answers = new FinishedAnswers(settings?.answerBytes ?? 0);
  }

  /** The scope of a request whose answer is made anew. @throws AppError as {@link ScopeFactory.open} */
  async open(request: Incoming, response: Outgoing): Promise<RequestScope> {
    const scope = await this.factory.open(request, response, 'graph', await this.callers.get(request));
    const draft = this.drafts.get(request);
    if (draft !== undefined) this.drafts.set(scope, draft);
    return scope;
  }

  /**
   * The answer that may be given again to this request.
   * Once the caller is known everything is compared with this instance's memory at one moment, under the coherence
   * lease: nobody is waited for, so nothing can change in between.
   * @param body of the request as it came
   */
  async find(request: AskedRequest & Incoming, body: Buffer): Promise<FinishedAnswer | undefined> {
    const caller = await this.identify(request);
    if (this.answers.isOff) return undefined;
    const key = caller && answerKey(request, body, caller, this.factory.languageOf(request));
    if (!key) return undefined;
    const begun = this.clock.now();
    const found = this.answers.find(key, begun, (state) => this.access.stillStands(caller, state));
    if (found === undefined) this.drafts.set(request, { key, begun });
    return found;
  }

  /** Notes an answer that is about to leave, with every check of its rights passed, if it may be given again. */
  async note(scope: RequestScope, { schema, document, operation, result }: Answered): Promise<void> {
    const draft = this.drafts.get(scope);
    if (draft === undefined || operation === undefined || document === undefined) return;
    if (result.errors !== undefined || !result.data || !this.isReusable(schema, document, operation)) return;
    const expiresAt = reusableUntil(scope, draft.begun);
    const state = await this.access.stateBehind(scope);
    if (expiresAt === null || expiresAt <= this.clock.now() || state === undefined) return;
    const bytes = Buffer.from(`${JSON.stringify(sourcesOfReuse(result))}\n`).toString('latin1');
    draft.finished = { bytes, state, expiresAt };
  }

  /** Whether the answer to this request was noted. */
  isNoted(request: object): boolean {
    return this.drafts.get(request)?.finished !== undefined;
  }

  /**
   * Keeps the answer that was noted for a request, if there is one.
   * @param headers all with which it leaves
   * @param documentId under which the request named its document
   */
  keep(request: object, headers: Headers, documentId: string | null = null): void {
    const draft = this.drafts.get(request);
    if (draft?.finished === undefined || 'set-cookie' in headers) return;
    const head = headOf(headers, draft.finished.bytes.length);
    this.answers.keep(draft.key, { ...draft.finished, head, documentId });
  }

  /** Undefined for a caller who is refused, and hears it from the graph. */
  private async identify(request: Incoming): Promise<Principal | undefined> {
    const caller = this.factory.identify(request, 'graph');
    this.callers.set(request, caller);
    try {
      return await caller;
    } catch {
      return undefined;
    }
  }

  /** Known per operation: the tree of a document stays in memory as long as it is asked for. */
  private isReusable(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): boolean {
    const known = this.verdicts.get(operation);
    if (known !== undefined) return known;
    const verdict = asksOnlyReusable(schema, document, operation);
    this.verdicts.set(operation, verdict);
    return verdict;
  }
}

/** The body is not that of the first time: what comes from memory now says so. */
function headOf(headers: Headers, length: number): readonly string[] {
  const others = Object.entries(headers).filter(([name]) => name !== 'content-length');
  const lines = others.map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return [...lines.flat(), 'content-length', String(length)];
}
