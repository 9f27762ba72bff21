export { seal, unseal } from './aes-gcm';
export { KeptKeys } from './kept-keys';
export { KeyManagement } from './key-management';
export { KeysModule } from './keys.module';
export { LocalKeyring } from './local-keyring';
export { type WrappedColumn, WrappedColumns } from './wrapped-columns';
