export { apolloOptions } from './apollo-options';
export { isTooDeep } from './document-size';
export { inputPipe } from './input-pipe';
export { GRAPHQL_PATH, LIMITS } from './limits';
export { DateScalar } from './scalars';
export { answerRequestErrors, GraphqlRequestErrors } from './request-errors';
export { Refusal } from './refusal.graphql';
export { Page, PageArgs } from './page.graphql';
export { byClass } from './by-class';
