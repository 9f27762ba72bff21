import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AccessLogPage } from '../audit';
import { Allow, Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID, PageArgs } from '../platform/graphql';
import { ChangePerson } from './registration/change-person';
import {
  type Consent,
  type ConsentMissing,
  ConsentPurposeText,
  type ConsentRequired,
  GiveConsentGraphqlInput,
  GiveConsentResult,
  WithdrawConsentGraphqlInput,
  WithdrawConsentResult,
} from './consents/consent.graphql';
import { GiveConsent } from './consents/give-consent';
import { Purposes } from './consents/purposes';
import { FindPersons } from './reading/find-persons';
import { LinkPerson } from './registration/link-person';
import {
  ChangePersonGraphqlInput,
  FindPersonsGraphqlInput,
  LinkPersonGraphqlInput,
  Person,
  PersonChange,
  PersonFound,
  RegisterPersonGraphqlInput,
} from './person.graphql';
import { ReadAccessLog } from './reading/read-access-log';
import { ReadPersons } from './reading/read-persons';
import { RegisterPerson } from './registration/register-person';
import { LinkPersonResult, RegisterPersonResult } from './registry.refusals';

@Resolver(() => Person)
export class RegistryResolver {
  constructor(
    private readonly registration: RegisterPerson,
    private readonly read: ReadPersons,
    private readonly finding: FindPersons,
    private readonly correction: ChangePerson,
    private readonly linking: LinkPerson,
    private readonly purposes: Purposes,
    private readonly consents: GiveConsent,
    private readonly log: ReadAccessLog,
  ) {}

  @Public()
  @Query(() => [ConsentPurposeText], {
    complexity: 20,
    description: 'The purposes for which the country asks consent, in the exact words in force.',
  })
  consentPurposes(@Ctx() ctx: Context): Promise<ConsentPurposeText[]> {
    return this.purposes.all(ctx);
  }

  @Allow('person.register-own', 'person.register-assisted')
  @Mutation(() => RegisterPersonResult, {
    description: 'Registers the caller, somebody she cares for, or a person whom a member of staff attests.',
  })
  registerPerson(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The person.' }) input: RegisterPersonGraphqlInput,
  ): ReturnType<RegisterPerson['run']> {
    return this.registration.run(ctx, input);
  }

  @Allow('person.read-own')
  @Query(() => [Person], { complexity: 100, description: 'The people whom the caller’s account acts for.' })
  myPeople(@Ctx() ctx: Context): Promise<Person[]> {
    return this.read.mine(ctx);
  }

  @Allow('person.read-own', 'person.read')
  @Query(() => Person, {
    description:
      'One person: the caller’s own, or any for staff who say where they stand and why (X-Purpose).',
  })
  person(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Who.' }) personId: string,
    @Args('facilityId', {
      type: () => ID,
      nullable: true,
      description: 'Where the member of staff stands; absent for a citizen.',
    })
    facilityId?: string | null,
  ): Promise<Person> {
    return this.read.one(ctx, { personId, facilityId });
  }

  @Allow('person.find')
  @Mutation(() => [PersonFound], {
    complexity: 100,
    description:
      'Looks for a person by the code on her card or by at least two facts. A mutation, because each search is kept ' +
      'in the trail. Needs a purpose (X-Purpose).',
  })
  findPersons(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is known of her.' }) input: FindPersonsGraphqlInput,
  ): Promise<PersonFound[]> {
    return this.finding.run(ctx, input);
  }

  @Allow('person.change')
  @Mutation(() => Person, { description: 'Corrects what is known of a person. Needs a purpose (X-Purpose).' })
  changePerson(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is right.' }) input: ChangePersonGraphqlInput,
  ): Promise<Person> {
    return this.correction.run(ctx, input);
  }

  @Allow('person.register-own')
  @Mutation(() => LinkPersonResult, {
    description: 'Proves by the code on her card that a registered person is one of the caller’s people.',
  })
  linkPerson(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The proof.' }) input: LinkPersonGraphqlInput,
  ): ReturnType<LinkPerson['run']> {
    return this.linking.run(ctx, input);
  }

  @Allow('person.read-own')
  @Mutation(() => Boolean, {
    description: 'The caller’s account stops acting for a person, e.g. a stranger registered on its number.',
  })
  unlinkPerson(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Who.' }) personId: string,
  ): Promise<boolean> {
    return this.linking.unlink(ctx, personId);
  }

  @Allow('consent.give-own', 'consent.give-assisted')
  @Mutation(() => GiveConsentResult, { description: 'A person agrees to one purpose.' })
  giveConsent(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, to what.' }) input: GiveConsentGraphqlInput,
  ): Promise<Consent | ConsentMissing> {
    return this.consents.give(ctx, input);
  }

  @Allow('consent.give-own', 'consent.give-assisted')
  @Mutation(() => WithdrawConsentResult, { description: 'A person no longer agrees to one purpose.' })
  withdrawConsent(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, to what.' }) input: WithdrawConsentGraphqlInput,
  ): Promise<Consent | ConsentRequired> {
    return this.consents.withdraw(ctx, input);
  }

  @Allow('audit.read-own')
  @Query(() => AccessLogPage, {
    complexity: ({ args, childComplexity }) => (args as PageArgs).first * childComplexity,
    description: 'Who read or wrote the record of one of the caller’s people, newest first.',
  })
  accessLog(
    @Ctx() ctx: Context,
    @Args('personId', { type: () => ID, description: 'Whose record.' }) personId: string,
    @Args() page: PageArgs,
  ): Promise<AccessLogPage> {
    return this.log.run(ctx, personId, page);
  }

  @ResolveField(() => [PersonChange], { complexity: 20, description: 'What was corrected, newest first.' })
  changes(@Ctx() ctx: Context, @Parent() person: Person): Promise<PersonChange[]> {
    return this.read.changes(ctx, person);
  }
}
