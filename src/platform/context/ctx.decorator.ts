import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Context } from './context';

/** Hands a resolver method the request's {@link Context}. */
export const Ctx = createParamDecorator((_: unknown, execution: ExecutionContext): Context => {
  return GqlExecutionContext.create(execution).getContext<Context>();
});
