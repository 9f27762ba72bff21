/** The door of the schedule engine: format, validation, compilation, forecast. Pure; see README.md. */
export * from './schedule/schedule-format';
export { validateSchedule, type ReferenceFaultCode, type ScheduleFault } from './schedule/validate-schedule';
export { compileSchedule } from './schedule/compile-schedule';
export type { CompiledSchedule } from './schedule/compiled-schedule';
export { evaluate, forecast, type ForecastOptions } from './forecast';
export { nextChange } from './next-change';
export { importCdsi, type CdsiFile, type CdsiRelease } from './cdsi/import-cdsi';
export { lintSchedule, type LintCode, type LintFinding } from './schedule/lint-schedule';
export * from './person';
export * from './person-forecast';
export * from './trace/rules';
