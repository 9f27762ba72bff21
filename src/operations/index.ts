export { migrateAll } from './migrate-all';
export { OperationsModule } from './operations.module';
