import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type Access, ACCESS } from '../../../src/platform/access/access.decorators';
import type { TestService } from '../../harness/service';

/** One route of a controller, as the running service publishes it: a new one is in every test by existing. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With an id that nobody has in place of each parameter. */
  path: string;
  access: Access;
}

/** How @nestjs/common marks controllers and their methods. */
const PATH = 'path';
const METHOD = 'method';
const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const;

/** Every route of the running service's controllers. Throws for one whose access nobody declared. */
export function routesOf(service: TestService): Route[] {
  const scanner = new MetadataScanner();
  const controllers = service.app.get(DiscoveryService, { strict: false }).getControllers();
  return controllers.flatMap(({ instance }) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, object> & { constructor: object };
    return scanner.getAllMethodNames(prototype).flatMap(name => {
      const method: unknown = Reflect.getMetadata(METHOD, prototype[name]!);
      if (method === undefined) return [];
      const access = [prototype[name]!, prototype.constructor]
        .map(declared => Reflect.getMetadata(ACCESS, declared) as Access | undefined)
        .find(declared => declared !== undefined);
      if (!access) throw new Error(`${name} declares no access`);
      const [base, paths] = [pathsOf(prototype.constructor), pathsOf(prototype[name]!)];
      return base.flatMap(above =>
        paths.map(path => ({ method: METHODS[Number(method)]!, path: whole(above, path), access })),
      );
    });
  });
}

const pathsOf = (declared: object): string[] =>
  [Reflect.getMetadata(PATH, declared) as string | string[]].flat();

const whole = (...parts: string[]): string =>
  `/${parts.join('/')}`.replaceAll(/\/+/g, '/').replaceAll(/:\w+/g, '00000000-0000-7000-8000-000000000000');
