import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import { type Context, CONTEXTS, type Contexts, keepContext } from '../context';
import { AppError } from '../errors';
import { type Access, ACCESS } from './access.decorators';
import { mayAnywhere, reachesOf } from './may';
import type { Permission } from './permission-table';

/**
 * Refuses a caller who holds none of the permissions that the method declares, before any work is done. A route
 * that is not public gets the request's context here; a resolver has it from the endpoint.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(CONTEXTS) private readonly contexts: Contexts,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const declared = [execution.getHandler(), execution.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, declared);
    if (!access) throw new AppError('FORBIDDEN');
    if ('public' in access) return true;
    if (execution.getType<string>() === 'graphql')
      return isOpen(GqlExecutionContext.create(execution).getContext<Context>(), access);
    return this.routeIsOpen(execution.switchToHttp().getRequest<FastifyRequest>(), access);
  }

  private async routeIsOpen(request: FastifyRequest, access: Closed): Promise<boolean> {
    const ctx = await this.contexts.of(request);
    keepContext(request, ctx);
    return isOpen(ctx, access);
  }
}

/** Declared for some and not for everybody. */
type Closed = Exclude<Access, { public: true }>;

/** Throws FORBIDDEN, or UNAUTHENTICATED when nobody signed in. */
function isOpen(ctx: Context, access: Closed): true {
  if ('permissions' in access) return holdsOne(ctx, access.permissions);
  if (!access.signedIn.includes(ctx.actor.kind))
    throw new AppError(ctx.actor.kind === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  return true;
}

/** Throws as {@link mayAnywhere} does when none is held. */
function holdsOne(ctx: Context, permissions: readonly Permission[]): true {
  if (!permissions.some(permission => reachesOf(ctx, permission).length > 0))
    mayAnywhere(ctx, permissions[0]!);
  return true;
}
