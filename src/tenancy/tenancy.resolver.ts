import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID } from '../platform/graphql';
import { AcceptAgreement } from './accept-agreement';
import { ChangeTenantState } from './change-tenant-state';
import { InviteMinistry } from './invite-ministry';
import { RotateDataKey } from './keys/rotate-data-key';
import { licenceIn } from './licence';
import { ReadTenants } from './read-tenants';
import { SendAgreement } from './send-agreement';
import { TenantEntity } from './tenant.entity';
import {
  AcceptAgreementGraphqlInput,
  ChangeTenantStateGraphqlInput,
  InviteMinistryGraphqlInput,
  Licence,
  LicenceAcceptance,
  Tenant,
  TenantTransition,
} from './tenant.graphql';

@Resolver(() => Tenant)
export class TenancyResolver {
  constructor(
    private readonly inviteMinistry: InviteMinistry,
    private readonly sendAgreement: SendAgreement,
    private readonly acceptAgreement: AcceptAgreement,
    private readonly changeState: ChangeTenantState,
    private readonly read: ReadTenants,
    private readonly keyRotation: RotateDataKey,
  ) {}

  @Public()
  @Query(() => Licence, {
    description:
      'The licence in the first of the languages asked for that it exists in; for everybody to read.',
  })
  licence(
    @Ctx() ctx: Context,
    @Args('language', {
      type: () => String,
      nullable: true,
      description: 'A language (BCP 47); else Accept-Language.',
    })
    language?: string,
  ): Licence {
    return licenceIn(language ? [language, ...ctx.languages] : ctx.languages);
  }

  @Allow('tenant.read')
  @Query(() => [Tenant], {
    description: 'The tenants that the caller may see: an operator all, a signatory her own.',
  })
  tenants(@Ctx() ctx: Context): Promise<TenantEntity[]> {
    return this.read.all(ctx);
  }

  @Allow('tenant.read')
  @Query(() => Tenant, { description: 'One tenant.' })
  tenant(
    @Ctx() ctx: Context,
    @Args('code', { type: () => ID, description: 'Its code.' }) code: string,
  ): Promise<TenantEntity> {
    return this.read.one(ctx, code);
  }

  @Allow('tenant.invite')
  @Mutation(() => Tenant, { description: 'Names a ministry as a future tenant. Nothing is provisioned yet.' })
  inviteTenant(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The ministry.' }) input: InviteMinistryGraphqlInput,
  ): Promise<TenantEntity> {
    return this.inviteMinistry.run(ctx, input);
  }

  @Allow('tenant.change-state')
  @Mutation(() => Tenant, { description: 'Sends the signatory the way to the licence. May be sent again.' })
  sendTenantAgreement(
    @Ctx() ctx: Context,
    @Args('code', { type: () => ID, description: 'Which tenant.' }) code: string,
  ): Promise<TenantEntity> {
    return this.sendAgreement.run(ctx, { code });
  }

  @Allow('agreement.accept')
  @Mutation(() => Tenant, {
    description:
      'The signatory accepts the licence. The tenant is provisioned next; ask `tenant` for its state.',
  })
  acceptTenantAgreement(
    @Ctx() ctx: Context,
    @Args('input', { description: 'What is accepted.' }) input: AcceptAgreementGraphqlInput,
  ): Promise<TenantEntity> {
    return this.acceptAgreement.run(ctx, input);
  }

  @Allow('tenant.change-state')
  @Mutation(() => Tenant, { description: 'Pilots, opens, suspends, resumes or archives a country.' })
  changeTenantState(
    @Ctx() ctx: Context,
    @Args('input', { description: 'The step.' }) input: ChangeTenantStateGraphqlInput,
  ): Promise<TenantEntity> {
    return this.changeState.run(ctx, input);
  }

  @Allow('data-key.rotate')
  @Mutation(() => ID, {
    description:
      'Gives the country a new key for identifiers, phones and whatever else is sealed. It seals from now on; a job, ' +
      'whose id is answered, seals anew what older keys sealed.',
  })
  rotateDataKey(
    @Ctx() ctx: Context,
    @Args('idempotencyKey', { type: () => String, description: 'The same key again gives the same job.' })
    idempotencyKey: string,
  ): Promise<string> {
    return this.keyRotation.run(ctx, { idempotencyKey });
  }

  @ResolveField(() => String)
  name(@Ctx() ctx: Context, @Parent() tenant: TenantEntity): string {
    return this.read.nameOf(ctx, tenant);
  }

  @ResolveField(() => [TenantTransition], { description: 'Every change of state, oldest first.' })
  transitions(@Ctx() ctx: Context, @Parent() tenant: TenantEntity): Promise<TenantTransition[]> {
    return this.read.transitions(ctx, tenant);
  }

  @ResolveField(() => LicenceAcceptance, {
    nullable: true,
    description: 'The evidence of acceptance, once there is one.',
  })
  acceptance(@Ctx() ctx: Context, @Parent() tenant: TenantEntity): Promise<LicenceAcceptance | null> {
    return this.read.acceptance(ctx, tenant);
  }
}
