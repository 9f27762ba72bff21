import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { LOGGER, makeLogger } from './logger';

@Global()
@Module({
  providers: [
    { provide: LOGGER, inject: [CONFIG], useFactory: (config: Config) => makeLogger(config.logLevel) },
  ],
  exports: [LOGGER],
})
export class LoggingModule {}
