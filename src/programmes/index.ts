export type {
  CertificateDetails,
  CertificateTemplate,
  ConsentPurpose,
  CountryPack,
  PackArea,
  PackProduct,
  PackSupply,
  PackTextKey,
  PriorityGroup,
  StorageClass,
  SupplyNeed,
} from './country-pack';
export { isFreezeSensitive } from './freeze-rules';
export { type PackSection, PackSections } from './pack-sections';
export { type Programme, Programmes } from './programmes';
export { programmeCameIntoForce } from './programmes.events';
export { ProgrammesModule } from './programmes.module';
export type { ProductRow, SupplyRow } from './programmes.store';
