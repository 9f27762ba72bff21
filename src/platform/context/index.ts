export * from './context';
export * from './contexts';
export { Ctx } from './ctx.decorator';
