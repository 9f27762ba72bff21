export { type Logger, LOGGER } from './logger';
export { LoggingModule } from './logging.module';
