import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { FastifyRequest } from 'fastify';
import type { Context } from './context';
import { contextOf } from './contexts';

/** Hands a resolver method, or that of a controller that is not public, the request's {@link Context}. */
export const Ctx = createParamDecorator((_: unknown, execution: ExecutionContext): Context => {
  if (execution.getType<string>() === 'graphql')
    return GqlExecutionContext.create(execution).getContext<Context>();
  const ctx = contextOf(execution.switchToHttp().getRequest<FastifyRequest>());
  if (!ctx) throw new Error('a public route has no context of its own');
  return ctx;
});
