/** The door of the schedule engine: format, validation, compilation, forecast. Pure; see README.md. */
export * from './schedule-format';
export { validateSchedule, type ReferenceFaultCode, type ScheduleFault } from './validate-schedule';
export { compileSchedule } from './compile-schedule';
export type { CompiledSchedule } from './compiled-schedule';
export { forecast, type ForecastOptions } from './forecast';
export { importCdsi, type CdsiFile, type CdsiRelease } from './import-cdsi';
export { lintSchedule, type LintCode, type LintFinding } from './lint-schedule';
export * from './person';
export * from './person-forecast';
