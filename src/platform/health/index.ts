export { HealthPort } from './health-port';
export { HealthModule } from './health.module';
