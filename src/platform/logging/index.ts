export { lastResort } from './last-resort';
export { type Logger, LOGGER, makeLogger } from './logger';
export { LoggingModule } from './logging.module';
