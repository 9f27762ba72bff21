export { migrateAll } from './migrate-all';
export { onboardSandbox } from './onboard-sandbox';
export { OperationsModule } from './operations.module';
