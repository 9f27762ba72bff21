import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow, SignedIn } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { CertifyPartner } from './certify-partner';
import {
  CertifyPartnerResult,
  ChangePartnerGraphqlInput,
  Partner,
  RegisterPartnerGraphqlInput,
} from './partner.graphql';
import { RegisterPartner } from './register-partner';
import { RotatePartnerKey } from './rotate-partner-key';
import { ShowPartner } from './show-partner';
import { SuspendPartner } from './suspend-partner';

@Resolver()
export class PartnersResolver {
  constructor(
    private readonly show: ShowPartner,
    private readonly registration: RegisterPartner,
    private readonly certification: CertifyPartner,
    private readonly suspension: SuspendPartner,
    private readonly keys: RotatePartnerKey,
  ) {}

  @Allow('partner.read')
  @Query(() => [Partner], {
    complexity: 100,
    description: 'The organisations whose programs may call, by name.',
  })
  partners(@Ctx() ctx: Context): Promise<Partner[]> {
    return this.show.all(ctx);
  }

  @SignedIn('partner')
  @Query(() => Partner, { description: 'The partner whose program calls.' })
  ownPartner(@Ctx() ctx: Context): Promise<Partner> {
    return this.show.own(ctx);
  }

  @Allow('partner.register')
  @Mutation(() => Partner, { description: 'Registers a partner. It begins in its sandbox.' })
  registerPartner(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who it is.' }) input: RegisterPartnerGraphqlInput,
  ): Promise<Partner> {
    return this.registration.register(ctx, input);
  }

  @Allow('partner.register')
  @Mutation(() => Partner, {
    description: 'Changes a partner, its key included. It goes back to its sandbox, and its tokens end.',
  })
  changePartner(
    @Ctx() ctx: Context,
    @Args('input', { description: 'As it is from now on.' }) input: ChangePartnerGraphqlInput,
  ): Promise<Partner> {
    return this.registration.change(ctx, input);
  }

  @Allow('partner.certify')
  @Mutation(() => CertifyPartnerResult, {
    description: 'Lets a partner work for real; by somebody else than whoever registered or changed it.',
  })
  certifyPartner(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<object> {
    return this.certification.run(ctx, id);
  }

  @Allow('partner.suspend')
  @Mutation(() => Partner, { description: 'Cuts a partner off: it gets no token, and those it has end.' })
  suspendPartner(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Args('reason', { type: () => String, description: 'Why; it is told to the partner.' }) reason: string,
  ): Promise<Partner> {
    return this.suspension.suspend(ctx, { id, reason });
  }

  @Allow('partner.register')
  @Mutation(() => Partner, { description: 'Lets a suspended partner back into its sandbox.' })
  resumePartner(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<Partner> {
    return this.suspension.resume(ctx, id);
  }

  @SignedIn('partner')
  @Mutation(() => Partner, { description: 'Adds the next key of the calling partner; two at the most.' })
  addPartnerKey(
    @Ctx() ctx: Context,
    @Args('publicKey', { type: () => String, description: 'The public key as a JWK (RFC 7517).' })
    publicKey: string,
  ): Promise<Partner> {
    return this.keys.add(ctx, publicKey);
  }

  @SignedIn('partner')
  @Mutation(() => Partner, {
    description: 'Takes a key of the calling partner away; the last one stays.',
  })
  removePartnerKey(
    @Ctx() ctx: Context,
    @Args('kid', { type: () => String, description: 'Name of the key.' }) kid: string,
  ): Promise<Partner> {
    return this.keys.remove(ctx, kid);
  }
}
