import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config';
import { AddPerson } from './registration/add-person';
import { ChangePerson } from './registration/change-person';
import { CheckPerson } from './registration/check-person';
import { ConsentsStore } from './consents/consents.store';
import { GiveConsent } from './consents/give-consent';
import { Purposes } from './consents/purposes';
import { FindDuplicates } from './registration/find-duplicates';
import { FindPersons } from './reading/find-persons';
import { IdentifiersStore } from './identifiers.store';
import { LinkPerson } from './registration/link-person';
import { ListedPersons } from './reading/listed-persons';
import { BreakGlass } from './looks/break-glass';
import { BreakGlassStore } from './looks/break-glass.store';
import { ForgetLooks } from './looks/forget-looks';
import { LooksResolver } from './looks/looks.resolver';
import { ObjectionsStore } from './looks/objections.store';
import { ObjectToLook } from './looks/object-to-look';
import { Looks } from './looks/looks';
import { LooksStore } from './looks/looks.store';
import { TellProtectors } from './looks/tell-protectors';
import { MatchStore } from './matching/match.store';
import { DecideErasure } from './privacy/decide-erasure';
import { ErasePerson } from './privacy/erase-person';
import { ErasureFolder, ErasureList, NoErasureList } from './privacy/erasure-list';
import { ErasuresStore } from './privacy/erasures.store';
import { Hindrances } from './privacy/hindrances';
import { LegalHolds } from './privacy/legal-holds';
import { LegalHoldsStore } from './privacy/legal-holds.store';
import { PersonKeys } from './privacy/person-keys.store';
import { PrivacyResolver } from './privacy/privacy.resolver';
import { PrivacyRulesStore } from './privacy/privacy-rules.store';
import { ReplayErasures } from './privacy/replay-erasures';
import { RequestErasure } from './privacy/request-erasure';
import { ConfigurePrivacy } from './privacy/configure-privacy';
import { PeopleToPlan } from './reading/people-to-plan.store';
import { PersonChanges } from './registration/person-changes';
import { PersonViews } from './reading/person-views';
import { Persons } from './persons';
import { PersonsStore } from './persons.store';
import { ReadAccessLog } from './reading/read-access-log';
import { ReadPersons } from './reading/read-persons';
import { RegisterPerson } from './registration/register-person';
import { RegistryLimits } from './rules/registry-limits';
import { RegistryLimitsResolver } from './rules/registry-limits.resolver';
import { RegistryResolver } from './registry.resolver';
import { StaffPlace } from './staff-place';

@Global()
@Module({
  providers: [
    AddPerson,
    BreakGlass,
    BreakGlassStore,
    ChangePerson,
    CheckPerson,
    ConsentsStore,
    DecideErasure,
    ErasePerson,
    ErasuresStore,
    FindDuplicates,
    FindPersons,
    ForgetLooks,
    GiveConsent,
    Hindrances,
    IdentifiersStore,
    LegalHolds,
    LegalHoldsStore,
    LinkPerson,
    ListedPersons,
    Looks,
    LooksResolver,
    LooksStore,
    MatchStore,
    ObjectToLook,
    ObjectionsStore,
    PeopleToPlan,
    PersonChanges,
    PersonKeys,
    PersonViews,
    Persons,
    PersonsStore,
    PrivacyResolver,
    PrivacyRulesStore,
    Purposes,
    ReadAccessLog,
    ReadPersons,
    RegisterPerson,
    RegistryLimits,
    RegistryLimitsResolver,
    RegistryResolver,
    ReplayErasures,
    RequestErasure,
    ConfigurePrivacy,
    StaffPlace,
    TellProtectors,
    {
      provide: ErasureList,
      inject: [CONFIG],
      useFactory: ({ erasureListFolder }: Config) =>
        erasureListFolder ? new ErasureFolder(erasureListFolder) : new NoErasureList(),
    },
  ],
  exports: [
    Hindrances,
    ListedPersons,
    Looks,
    PeopleToPlan,
    PersonChanges,
    PersonKeys,
    Persons,
    PrivacyRulesStore,
    ReplayErasures,
  ],
})
export class RegistryModule {}
