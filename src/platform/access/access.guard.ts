import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Context } from '../context';
import { AppError } from '../errors';
import { type Access, ACCESS } from './access.decorators';
import { mayAnywhere, reachesOf } from './may';

/** Refuses a caller who holds none of the permissions that the resolver method declares, before any work is done. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<string>() !== 'graphql') return true;
    const access = this.reflector.get<Access | undefined>(ACCESS, execution.getHandler());
    if (!access) throw new AppError('FORBIDDEN');
    if ('public' in access) return true;
    const ctx = GqlExecutionContext.create(execution).getContext<Context>();
    const [first] = access.permissions;
    if (!access.permissions.some(permission => reachesOf(ctx, permission).length > 0))
      mayAnywhere(ctx, first!);
    return true;
  }
}
