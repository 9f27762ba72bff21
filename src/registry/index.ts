export { type BirthDate, type BirthDatePrecision, latestBirthDate, writeBirthDate } from './birth-date-rules';
export { mayFor, type PersonRecord, Persons } from './persons';
export type { PersonStatus, Relation } from './persons.store';
export { personChanged } from './registry.events';
export { RegistryModule } from './registry.module';
