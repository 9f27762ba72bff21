export { type BirthDate, type BirthDatePrecision, latestBirthDate, writeBirthDate } from './birth-date-rules';
export { ListedPerson } from './listed-person.graphql';
export { ListedPersons } from './listed-persons';
export { mayFor, type PersonRecord, Persons } from './persons';
export type { PersonRow, PersonStatus, Relation } from './persons.store';
export { PeopleToPlan, type PersonToPlan } from './people-to-plan.store';
export { personChanged, personRegistered } from './registry.events';
export { RegistryModule } from './registry.module';
