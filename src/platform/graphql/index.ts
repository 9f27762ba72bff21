export { apolloOptions } from './apollo-options';
export { inputPipe } from './input-pipe';
export { LIMITS } from './limits';
export { DateScalar } from './scalars';
export { answerRequestErrors, GraphqlRequestErrors } from './request-errors';
export { Refusal } from './refusal.graphql';
export { Page, PageArgs } from './page.graphql';
export { byClass } from './by-class';
