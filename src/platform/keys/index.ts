export { seal, unseal } from './aes-gcm';
export { KeyManagement } from './key-management';
export { KeysModule } from './keys.module';
export { LocalKeyring } from './local-keyring';
export { type WrappedColumn, WrappedColumns } from './wrapped-columns';
