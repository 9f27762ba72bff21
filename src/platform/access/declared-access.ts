import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ACCESS } from './access.decorators';

/** How @nestjs/graphql marks the methods that answer a root field. */
const RESOLVER_TYPE = 'graphql:resolver_type';
const ROOT_TYPES = ['Query', 'Mutation', 'Subscription'];
/** How @nestjs/common marks the methods of a controller that answer a route. */
const ROUTE_METHOD = 'method';

/** Stops the start when a resolver method or a route declares no access: what nobody thought about must not be served. */
@Injectable()
export class DeclaredAccess implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const all = [...this.discovery.getProviders(), ...this.discovery.getControllers()];
    const undeclared = all.flatMap(({ instance }) => this.undeclaredIn(instance));
    if (undeclared.length > 0)
      throw new Error(`No access declared (@Allow or @Public) on: ${undeclared.join(', ')}`);
  }

  private undeclaredIn(instance: unknown): string[] {
    if (!instance || typeof instance !== 'object') return [];
    const prototype = Object.getPrototypeOf(instance) as Record<string, unknown> | null;
    if (!prototype) return [];
    return this.scanner
      .getAllMethodNames(prototype)
      .filter(name => {
        const method = prototype[name];
        if (typeof method !== 'function') return false;
        const type = this.reflector.get<string | undefined>(RESOLVER_TYPE, method);
        const isRoute = this.reflector.get<number | undefined>(ROUTE_METHOD, method) !== undefined;
        if (!isRoute && !(type && ROOT_TYPES.includes(type))) return false;
        return !this.reflector.getAllAndOverride(ACCESS, [method, prototype.constructor]);
      })
      .map(name => `${prototype.constructor.name}.${name}`);
  }
}
