import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { Outbound } from './outbound';

@Global()
@Module({
  providers: [
    {
      provide: Outbound,
      inject: [CONFIG],
      useFactory: (config: Config) => new Outbound({ loopback: config.outboundLoopback }),
    },
  ],
  exports: [Outbound],
})
export class OutboundModule {}
