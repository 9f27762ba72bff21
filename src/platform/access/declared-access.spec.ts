import { Controller, Get } from '@nestjs/common';
import { type DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { Query } from '@nestjs/graphql';
import { Allow, Public } from './access.decorators';
import { DeclaredAccess } from './declared-access';

@Controller()
class Routes {
  @Get('open') @Public() open(): void {}
  @Get('closed') @Allow('stock.read') closed(): void {}
  @Get('forgotten') forgotten(): void {}
  notARoute(): void {}
}

@Public()
@Controller()
class Pages {
  @Get() home(): void {}
}

class Resolver {
  @Query(() => String) forgotten(): string {
    return '';
  }
}

const starting = (found: { providers?: object[]; controllers?: object[] }) => () => {
  const wrapped = (instances: object[] = []) => instances.map(instance => ({ instance }));
  const discovery = {
    getProviders: () => wrapped(found.providers),
    getControllers: () => wrapped(found.controllers),
  } as unknown as DiscoveryService;
  new DeclaredAccess(discovery, new MetadataScanner(), new Reflector()).onApplicationBootstrap();
};

describe('the service', () => {
  it('does not start with a route that nobody declared access to', () => {
    expect(starting({ controllers: [new Routes()] })).toThrow(
      'No access declared (@Allow or @Public) on: Routes.forgotten',
    );
  });

  it('does not start with such a root field either', () => {
    expect(starting({ providers: [new Resolver()] })).toThrow('Resolver.forgotten');
  });

  it('takes what a controller declares for all its routes', () => {
    expect(starting({ controllers: [new Pages()] })).not.toThrow();
  });
});
