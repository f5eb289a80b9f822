import type { Type } from '@nestjs/common';
import type { Bench } from './bench.js';
import type { CardFinder } from './card-finder.js';
import type { Command } from './command.js';
import type { EntitlementSource } from './entitlement-source.js';
import type { LinkProof } from './link-proof.js';

/** All that the house knows of a subsidiary. Each one is a folder, this descriptor and one line in the list. */
export interface Subsidiary {
  /** Upper-case key as the graph shows it, e.g. `ENERGY`. */
  readonly key: string;
  /** German name for people. */
  readonly title: string;
  /** Nest module with service, resolvers and controllers. */
  readonly module: Type<unknown>;
  /** Settings class read from the environment before anything starts. */
  readonly settings: Type<object>;
  /** Labels of every model that belongs to a customer, by the model's name. Public models have none. */
  readonly labels: Readonly<Record<string, object>>;
  /** Readers of its file formats, for `npm run read` and `npm run samples`. */
  readonly readers: readonly FormatReader[];
  /** Measurements of its own parts, for `npm run bench:formats`. */
  readonly benches?: readonly Bench[];
  /** How customers link their number; a provider of the module. Without it only an agent can link. */
  readonly linkProof?: Type<LinkProof>;
  /** How an agent finds a customer by a card; a provider of the module. */
  readonly cardFinder?: Type<CardFinder>;
  /** What other subsidiaries may ask by yes or no; providers of the module. */
  readonly entitlements?: readonly Type<EntitlementSource>[];
  /** What customers may grant to partners, `<key in lower case>.<thing>:<right>` → German sentence that they read. */
  readonly partnerScopes?: Readonly<Record<string, string>>;
  /** What customers may have done durably; providers of the module. */
  readonly commands?: readonly Type<Command>[];
}

/** Reads a file of a legacy format as the adapter would read the same bytes from the wire. */
export interface FormatReader {
  /** Name on the command line, e.g. `wodis`. */
  readonly format: string;
  /** One German sentence for --help. */
  readonly describe: string;
  /** Whether it reads the file at this path of a samples folder, e.g. `housing-wodis-csv/objects.csv`. */
  readonly covers: (path: string) => boolean;
  /**
   * @returns the model as plain data
   * @throws AppError UPSTREAM_MALFORMED with path and reason
   */
  readonly read: (bytes: Buffer, path: string) => unknown;
}
