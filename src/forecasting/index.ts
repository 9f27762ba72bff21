export * from './schedule-format';
export { SCHEDULE_SCHEMA } from './schedule-schema';
export { validateSchedule, type ReferenceFaultCode, type ScheduleFault } from './validate-schedule';
