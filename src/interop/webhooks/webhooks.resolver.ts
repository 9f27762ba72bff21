import { Args, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import { Allow } from '../../platform/access';
import { type Context, Ctx } from '../../platform/context';
import { ID } from '../../platform/graphql';
import { KeepWebhooks } from './keep-webhooks';
import {
  ProveWebhookResult,
  RegisterWebhookGraphqlInput,
  Webhook,
  WebhookMessage,
  WebhookMessageStateEnum,
  WebhookSecret,
} from './webhook.graphql';
import type { MessageState } from './webhooks.store';

@Resolver()
export class WebhooksResolver {
  constructor(private readonly webhooks: KeepWebhooks) {}

  @Allow('webhook.manage')
  @Query(() => [Webhook], { complexity: 10, description: 'The webhooks of the calling partner.' })
  ownWebhooks(@Ctx() ctx: Context): Promise<Webhook[]> {
    return this.webhooks.mine(ctx);
  }

  @Allow('webhook.manage')
  @Query(() => [WebhookMessage], {
    complexity: 100,
    description: 'The newest hundred messages of a webhook; those that were given up, by `state: DEAD`.',
  })
  webhookMessages(
    @Ctx() ctx: Context,
    @Args('webhookId', { type: () => ID, description: 'Which.' }) id: string,
    @Args('state', {
      type: () => WebhookMessageStateEnum,
      nullable: true,
      description: 'In which state; in any when left out.',
    })
    state?: MessageState | null,
  ): Promise<WebhookMessage[]> {
    return this.webhooks.messages(ctx, id, state ?? null);
  }

  @Allow('webhook.manage')
  @Mutation(() => WebhookSecret, {
    description: 'Registers where the calling partner wants to be told. It is told once it is proved.',
  })
  registerWebhook(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where.' }) input: RegisterWebhookGraphqlInput,
  ): Promise<WebhookSecret> {
    return this.webhooks.register(ctx, input);
  }

  @Allow('webhook.manage')
  @Mutation(() => ProveWebhookResult, {
    description: 'Sends a signed test message; a webhook that answers with 2xx is told from then on.',
  })
  proveWebhook(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<object> {
    return this.webhooks.prove(ctx, id);
  }

  @Allow('webhook.manage')
  @Mutation(() => WebhookSecret, {
    description: 'Gives a webhook a new secret; for a day messages are signed with both.',
  })
  rotateWebhookSecret(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<WebhookSecret> {
    return this.webhooks.rotate(ctx, id);
  }

  @Allow('webhook.manage')
  @Mutation(() => Int, {
    description:
      'Sends everything since an instant again, each unit’s in order and with the ids they had; how many.',
  })
  replayWebhook(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Args('since', { type: () => Date, description: 'From when on.' }) since: Date,
  ): Promise<number> {
    return this.webhooks.replay(ctx, { id, since });
  }

  @Allow('webhook.manage')
  @Mutation(() => Webhook, {
    description: 'Stops a webhook. What waits is kept, and goes out when it is proved again.',
  })
  stopWebhook(
    @Ctx() ctx: Context,
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
  ): Promise<Webhook> {
    return this.webhooks.stop(ctx, id);
  }
}
