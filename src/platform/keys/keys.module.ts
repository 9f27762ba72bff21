import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { KeyManagement } from './key-management';
import { LocalKeyring } from './local-keyring';
import { WrappedColumns } from './wrapped-columns';

@Global()
@Module({
  providers: [
    WrappedColumns,
    {
      provide: KeyManagement,
      inject: [CONFIG],
      useFactory: (config: Config) => new LocalKeyring(config.masterKey, config.secondMasterKey),
    },
  ],
  exports: [KeyManagement, WrappedColumns],
})
export class KeysModule {}
