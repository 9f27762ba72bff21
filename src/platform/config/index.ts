export { type Config, readConfig, type Role } from './config';
export { CONFIG, ConfigModule } from './config.module';
export { PROJECT_ROOT } from './root';
