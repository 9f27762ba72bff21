export * from './context';
export { Ctx } from './ctx.decorator';
