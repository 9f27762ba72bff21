export { type BirthDate, type BirthDatePrecision, latestBirthDate, writeBirthDate } from './birth-date-rules';
export { Person } from './person.graphql';
export { mayFor, type PersonRecord, Persons } from './persons';
export type { PersonStatus, Relation } from './persons.store';
export { personChanged, personRegistered } from './registry.events';
export { RegistryModule } from './registry.module';
