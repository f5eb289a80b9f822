import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS_RULE } from './access-rule.js';

/** Metadata keys by which Nest knows a root operation or a route. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const ROUTE_PATH = 'path';
const ROOTS: ReadonlySet<unknown> = new Set(['Query', 'Mutation', 'Subscription']);

/** Keeps the program, and so the build of the schema, from starting while an operation declares no rule. */
@Injectable()
export class RequireRules implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error with the names of all operations that lack a rule */
  onApplicationBootstrap(): void {
    const parts = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    const missing = parts.flatMap(({ instance, metatype }) => {
      if (typeof instance !== 'object' || instance === null || typeof metatype !== 'function') return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((name) => this.lacksRule(prototype[name]))
        .map((name) => `${metatype.name}.${name}`);
    });
    if (missing.length > 0) throw new Error(`no access rule (@Allow) is declared by ${missing.join(', ')}`);
  }

  private lacksRule(method: unknown): boolean {
    if (typeof method !== 'function') return false;
    const isRoot = ROOTS.has(Reflect.getMetadata(RESOLVER_TYPE, method));
    const isRoute = Reflect.getMetadata(ROUTE_PATH, method) !== undefined;
    return (isRoot || isRoute) && this.reflector.get<unknown>(ACCESS_RULE, method) === undefined;
  }
}
