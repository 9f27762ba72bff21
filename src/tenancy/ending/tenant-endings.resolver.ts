import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { Tenant } from '../tenant.graphql';
import { ConfirmExport } from './confirm-export';
import { DecideEnding } from './decide-ending';
import { ReadEnding } from './read-ending';
import { RequestEnding } from './request-ending';
import { StopEnding } from './stop-ending';
import {
  ConfirmTenantExportGraphqlInput,
  DecideTenantEndingGraphqlInput,
  DecideTenantEndingResult,
  RequestTenantEndingGraphqlInput,
  TenantEnding,
} from './tenant-ending.graphql';

@Resolver(() => Tenant)
export class TenantEndingsResolver {
  constructor(
    private readonly asking: RequestEnding,
    private readonly deciding: DecideEnding,
    private readonly confirming: ConfirmExport,
    private readonly stopping: StopEnding,
    private readonly read: ReadEnding,
  ) {}

  @Allow('tenant.request-ending')
  @Mutation(() => TenantEnding, {
    description: 'Asks that a suspended or archived country be ended, at its ministry’s written instruction.',
  })
  requestTenantEnding(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, why, and for whom the export is.' })
    input: RequestTenantEndingGraphqlInput,
  ): Promise<TenantEnding> {
    return this.asking.run(ctx, input);
  }

  @Allow('tenant.decide-ending')
  @Mutation(() => DecideTenantEndingResult, {
    description:
      'Agrees that a country be ended, or does not. Whoever asked does not decide. The export follows by itself.',
  })
  decideTenantEnding(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, and what becomes of it.' }) input: DecideTenantEndingGraphqlInput,
  ): ReturnType<DecideEnding['run']> {
    return this.deciding.run(ctx, input);
  }

  @Allow('tenant.request-ending')
  @Mutation(() => TenantEnding, {
    description: 'Notes that the ministry has its export. The days until nothing is kept begin now.',
  })
  confirmTenantExport(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which, by which hash and letter.' })
    input: ConfirmTenantExportGraphqlInput,
  ): Promise<TenantEnding> {
    return this.confirming.run(ctx, input);
  }

  @Allow('tenant.request-ending')
  @Mutation(() => TenantEnding, {
    description: 'Calls the ending of a country off. It stays suspended or archived as it was.',
  })
  stopTenantEnding(
    @Ctx() ctx: Context,
    @Args('code', { type: () => ID, description: 'Which tenant.' }) code: string,
  ): Promise<TenantEnding> {
    return this.stopping.run(ctx, { code });
  }

  @ResolveField(() => TenantEnding, {
    nullable: true,
    description: 'How its ending stands, or what is left of it; absent when nobody ever asked for it.',
  })
  ending(@Ctx() ctx: Context, @Parent() { code }: Tenant): Promise<TenantEnding | null> {
    return this.read.run(ctx, { code });
  }
}
