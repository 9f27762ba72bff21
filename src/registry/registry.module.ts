import { Global, Module } from '@nestjs/common';
import { AddPerson } from './add-person';
import { ChangePerson } from './change-person';
import { CheckPerson } from './check-person';
import { ConsentsStore } from './consents/consents.store';
import { GiveConsent } from './consents/give-consent';
import { Purposes } from './consents/purposes';
import { FindDuplicates } from './find-duplicates';
import { FindPersons } from './find-persons';
import { IdentifiersStore } from './identifiers.store';
import { LinkPerson } from './link-person';
import { ListedPersons } from './listed-persons';
import { Looks } from './looks/looks';
import { LooksStore } from './looks/looks.store';
import { TellProtectors } from './looks/tell-protectors';
import { MatchStore } from './matching/match.store';
import { PeopleToPlan } from './people-to-plan.store';
import { PersonViews } from './person-views';
import { Persons } from './persons';
import { PersonsStore } from './persons.store';
import { ReadAccessLog } from './read-access-log';
import { ReadPersons } from './read-persons';
import { RegisterPerson } from './register-person';
import { RegistryLimits } from './rules/registry-limits';
import { RegistryLimitsResolver } from './rules/registry-limits.resolver';
import { RegistryResolver } from './registry.resolver';
import { StaffPlace } from './staff-place';

@Global()
@Module({
  providers: [
    AddPerson,
    ChangePerson,
    CheckPerson,
    ConsentsStore,
    FindDuplicates,
    FindPersons,
    GiveConsent,
    IdentifiersStore,
    LinkPerson,
    ListedPersons,
    Looks,
    LooksStore,
    MatchStore,
    PeopleToPlan,
    PersonViews,
    Persons,
    PersonsStore,
    Purposes,
    ReadAccessLog,
    ReadPersons,
    RegisterPerson,
    RegistryLimits,
    RegistryLimitsResolver,
    RegistryResolver,
    StaffPlace,
    TellProtectors,
  ],
  exports: [ListedPersons, PeopleToPlan, Persons],
})
export class RegistryModule {}
