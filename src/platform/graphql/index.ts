export { apolloOptions, type ContextOf } from './apollo-options';
export { LIMITS } from './limits';
export { DateScalar, DateTimeScalar } from './scalars';
export { Refusal } from './refusal.graphql';
export { PageArgs } from './page.graphql';
