export * from './context';
export * from './contexts';
export { Ctx } from './ctx.decorator';
export { headerTwice } from './single-headers';
