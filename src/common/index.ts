export * from './ids';
export * from './paging';
export * from './dates';
export { civilDayOf } from './civil-day';
