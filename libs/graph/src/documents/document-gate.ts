import { Injectable } from '@nestjs/common';
import { AppError } from '#lib/kernel';
import { TrustedDocuments, type ClientName } from './trusted-documents.js';

/** off: any document within the limits; require: only what a front end's build has registered. */
export type DocumentMode = 'off' | 'require';

/** The parts of a GraphQL request's body that name the document. */
export interface DocumentParameters {
  query?: unknown;
  documentId?: unknown;
  extensions?: unknown;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const UNNAMED = 'unnamed';
const LONGEST_NAME = 60;
const LONGEST_ID = 128;

/**
 * Stands before GraphQL: puts the registered document in the place of its id (`documentId`, or Apollo's
 * `extensions.persistedQuery.sha256Hash`), counts who uses it, and where the list is required lets nothing else in.
 * A document is never registered by a request, so nobody can poison the list.
 */
@Injectable()
export class DocumentGate {
  /** Ids by which the documents of requests were named. */
  private readonly ids = new WeakMap<object, string>();

  constructor(private readonly documents: TrustedDocuments) {}

  /**
   * @param parameters changed in place: `query` is the registered document afterwards
   * @throws AppError INVALID_INPUT for an id that nobody registered, FORBIDDEN for a document that is not on the list,
   *   UPSTREAM_UNAVAILABLE when the list cannot be read
   */
  async admit(parameters: DocumentParameters, headers: Headers, mode: DocumentMode): Promise<void> {
    const id = idOf(parameters);
    if (id !== null) {
      parameters.query = await this.bodyOf(id);
      forgetId(parameters);
      this.ids.set(parameters, id);
      this.count(id, headers);
      return;
    }
    await this.admitText(parameters.query, mode);
  }

  /** The id by which parameters that were let in named their document; null where they brought it. */
  idBehind(parameters: unknown): string | null {
    return this.ids.get(parameters as object) ?? null;
  }

  /** Counts one more use of a document. */
  count(id: string, headers: Headers): void {
    this.documents.count(id, clientOf(headers));
  }

  /**
   * The same for a link, which holds the document's text: nothing can be put in the place of an id there.
   * @throws AppError INVALID_INPUT for an id, others as {@link admit}
   */
  async admitLink(parameters: URLSearchParams, mode: DocumentMode): Promise<void> {
    if (parameters.has('documentId')) {
      const reason = 'an id goes into the body of a POST';
      throw new AppError('INVALID_INPUT', reason, { path: 'documentId', reason });
    }
    await this.admitText(parameters.get('query'), mode);
  }

  /** What is no text is no document, and is refused by the graph itself. */
  private async admitText(text: unknown, mode: DocumentMode): Promise<void> {
    if (mode === 'off' || typeof text !== 'string') return;
    if (await this.documents.has(text)) return;
    const reason = 'this document is not registered; register it with: npm run documents -- add';
    throw new AppError('FORBIDDEN', reason, { path: 'query', reason });
  }

  private async bodyOf(id: string): Promise<string> {
    const body = await this.documents.find(id);
    if (body !== null) return body;
    const reason = 'no document with this id is registered';
    throw new AppError('INVALID_INPUT', reason, { path: 'documentId', reason });
  }
}

function idOf({ documentId, extensions }: DocumentParameters): string | null {
  const id = documentId ?? persistedHash(extensions);
  if (id === undefined || id === null) return null;
  if (typeof id === 'string' && id.length <= LONGEST_ID) return id.replace(/^sha256:/, '');
  throw new AppError('INVALID_INPUT', 'documentId is no text', { path: 'documentId', reason: 'must be a hash' });
}

function persistedHash(extensions: unknown): unknown {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null };
  return persistedQuery?.sha256Hash;
}

/** Apollo would take the hash for its own protocol, in which clients register documents. */
function forgetId(parameters: DocumentParameters): void {
  delete parameters.documentId;
  const { extensions } = parameters;
  if (typeof extensions !== 'object' || extensions === null) return;
  const { persistedQuery: _, ...others } = extensions as Record<string, unknown>;
  parameters.extensions = others;
}

/** What the client calls itself, in the headers of the GraphQL and of Apollo's clients. */
function clientOf(headers: Headers): ClientName {
  const text = (...names: string[]): string => {
    const value = names.map((name) => [headers[name]].flat()[0]).find((found) => found !== undefined);
    return value !== undefined && /^[\w .@/+-]+$/.test(value) ? value.slice(0, LONGEST_NAME) : UNNAMED;
  };
  return {
    client: text('graphql-client-name', 'apollographql-client-name'),
    version: text('graphql-client-version', 'apollographql-client-version'),
  };
}
