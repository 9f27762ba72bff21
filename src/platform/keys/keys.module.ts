import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { KeyManagement } from './key-management';
import { LocalKeyring } from './local-keyring';

@Global()
@Module({
  providers: [
    {
      provide: KeyManagement,
      inject: [CONFIG],
      useFactory: (config: Config) => new LocalKeyring(config.masterKey),
    },
  ],
  exports: [KeyManagement],
})
export class KeysModule {}
