import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Length } from 'class-validator';
import { byClass, ID, Refusal } from '../../platform/graphql';
import type { MessageState, WebhookState } from './webhooks.store';

const WebhookStateEnum = {
  UNPROVEN: 'UNPROVEN',
  ACTIVE: 'ACTIVE',
  STOPPED: 'STOPPED',
} as const satisfies Record<WebhookState, WebhookState>;
registerEnumType(WebhookStateEnum, {
  name: 'WebhookState',
  description: 'Whether a webhook is told.',
  valuesMap: {
    UNPROVEN: { description: 'It has not answered a test message yet, and is told nothing.' },
    ACTIVE: { description: 'It is told.' },
    STOPPED: { description: 'Its owner stopped it.' },
  },
});

export const WebhookMessageStateEnum = {
  WAITING: 'WAITING',
  DELIVERED: 'DELIVERED',
  DEAD: 'DEAD',
} as const satisfies Record<MessageState, MessageState>;
registerEnumType(WebhookMessageStateEnum, {
  name: 'WebhookMessageState',
  description: 'What became of a message.',
  valuesMap: {
    WAITING: { description: 'It is to be sent, for the first time or again.' },
    DELIVERED: { description: 'It was answered with 2xx.' },
    DEAD: { description: 'It was tried ten times in three days. Replay it when the fault is mended.' },
  },
});

@ObjectType({ description: 'Where a partner is told what happens to its consignments.' })
export class Webhook {
  @Field(() => ID, { description: 'The webhook.' })
  id: string;
  @Field(() => String, { description: 'Address that messages are sent to.' })
  url: string;
  @Field(() => WebhookStateEnum, { description: 'Whether it is told.' })
  state: WebhookState;
  @Field(() => Date, { description: 'When it was registered.' })
  createdAt: Date;
  @Field(() => Int, { description: 'Messages that wait to be sent.' })
  waiting: number;
  @Field(() => Int, { description: 'Messages that were given up.' })
  dead: number;
}

@ObjectType({ description: 'A webhook and its secret, which is shown here and nowhere else.' })
export class WebhookSecret {
  @Field(() => Webhook, { description: 'The webhook.' })
  webhook: Webhook;
  @Field(() => String, {
    description: 'The secret that messages are signed with (Standard Webhooks): `whsec_` and base64.',
  })
  secret: string;
}

@ObjectType({ description: 'One message to a webhook.' })
export class WebhookMessage {
  @Field(() => ID, { description: 'Its id, the `webhook-id` header, the same however often it is sent.' })
  id: string;
  @Field(() => String, { description: 'Code of the unit that it is about.' })
  unit: string;
  @Field(() => Int, { description: 'Counts up within the unit.' })
  sequence: number;
  @Field(() => String, { description: 'The body, as it is sent.' })
  body: string;
  @Field(() => WebhookMessageStateEnum, { description: 'What became of it.' })
  state: MessageState;
  @Field(() => Int, { description: 'How often it was tried.' })
  attempts: number;
  @Field(() => Date, { nullable: true, description: 'When it is tried next; absent when it is not.' })
  nextAttemptAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'What was wrong the last time: `HTTP_` and the status, or why it was not called.',
  })
  lastFault: string | null;
  @Field(() => Date, { nullable: true, description: 'When it was answered.' })
  deliveredAt: Date | null;
  @Field(() => Date, { description: 'When it was put down.' })
  createdAt: Date;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The webhook did not answer the test message with 2xx. Mend it and prove it again.',
})
export class WebhookNotTaken implements Refusal {
  message: string;
  @Field(() => String, {
    description:
      '`HTTP_` and the status, or why it was not called: NAME_UNKNOWN, ADDRESS_NOT_PUBLIC, TOO_SLOW …',
  })
  fault: string;
}

export const ProveWebhookResult = createUnionType({
  name: 'ProveWebhookResult',
  description: 'The webhook, from now on told; or what was wrong.',
  types: () => [Webhook, WebhookNotTaken] as const,
  resolveType: byClass,
});

@InputType('RegisterWebhookInput', { description: 'Where a partner wants to be told.' })
export class RegisterWebhookGraphqlInput {
  @Field(() => String, {
    description:
      'A key of the caller’s own, 8 to 100 characters: the same request sent again registers nothing.',
  })
  idempotencyKey: string;
  @Length(8, 2000)
  @Field(() => String, { description: 'An `https://` address whose host is public.' })
  url: string;
}
