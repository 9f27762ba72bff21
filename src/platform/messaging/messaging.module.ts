import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { Database } from '../database';
import { GatewaySender } from './gateway-sender';
import { MessageSender } from './message-sender';
import { SandboxSender } from './sandbox-sender';

@Global()
@Module({
  providers: [
    SandboxSender,
    {
      provide: MessageSender,
      inject: [CONFIG, SandboxSender, Database],
      useFactory: (config: Config, sandbox: SandboxSender) =>
        config.sandbox ? sandbox : new GatewaySender(config.messageGatewayUrl!),
    },
  ],
  exports: [MessageSender, SandboxSender],
})
export class MessagingModule {}
