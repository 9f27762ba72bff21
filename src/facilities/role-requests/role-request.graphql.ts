import { createUnionType, Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { IsUUID } from 'class-validator';
import { ID, Page, Refusal } from '../../platform/graphql';
import type { RoleRequestState } from './role-requests.store';

export const RoleRequestStateEnum = {
  ASKED: 'ASKED',
  GIVEN: 'GIVEN',
  DECLINED: 'DECLINED',
  EXPIRED: 'EXPIRED',
  WITHDRAWN: 'WITHDRAWN',
} as const satisfies Record<RoleRequestState, RoleRequestState>;
registerEnumType(RoleRequestStateEnum, {
  name: 'RoleRequestState',
  description: 'Where a request for a role stands.',
  valuesMap: {
    ASKED: { description: 'Nobody has decided.' },
    GIVEN: { description: 'A second person has given the role.' },
    DECLINED: { description: 'She has not.' },
    EXPIRED: { description: 'Nobody decided in time. It can be asked for again.' },
    WITHDRAWN: { description: 'Who asked, or who was to have it, was kept out meanwhile.' },
  },
});

@ObjectType({ description: 'That somebody be given a role beyond one facility: one asks, another decides.' })
export class RoleRequest {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Whose account is to have the role.' })
  staffId: string;
  @Field(() => String, { description: 'The role.' })
  role: string;
  @Field(() => String, { description: 'country or area.' })
  reach: string;
  @Field(() => ID, { nullable: true, description: 'Which area; absent for the whole country.' })
  reachId: string | null;
  @Field(() => RoleRequestStateEnum, { description: 'Where it stands.' })
  state: RoleRequestState;
  @Field(() => ID, { description: 'Account of who asked.' })
  askedBy: string;
  @Field(() => Date, { description: 'When.' })
  askedAt: Date;
  @Field(() => Date, { description: 'Until when it can be decided.' })
  expiresAt: Date;
  @Field(() => ID, { nullable: true, description: 'Account of who decided.' })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When.' })
  decidedAt: Date | null;
}

@ObjectType({ description: 'A page of requests for roles.' })
export class RoleRequestPage extends Page {
  @Field(() => [RoleRequest], { description: 'Newest first.' })
  items: RoleRequest[];
}

@InputType('DecideRoleRequestInput', { description: 'What a second person says to a request for a role.' })
export class DecideRoleRequestGraphqlInput {
  @Field(() => ID, { description: 'Which request.' })
  @IsUUID()
  requestId: string;
  @Field(() => Boolean, { description: 'Whether the role is given.' })
  approved: boolean;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'Neither who asked nor who is to have the role decides. Another who may give it there does.',
})
export class RoleNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'It is no longer asked for: decided, withdrawn, or its time is over.',
})
export class RoleRequestClosed implements Refusal {
  message: string;
  @Field(() => RoleRequestStateEnum, { description: 'Where it stands.' })
  state: RoleRequestState;
}

export const DecideRoleRequestResult = createUnionType({
  name: 'DecideRoleRequestResult',
  description: 'The request as it was decided, or why it cannot be.',
  types: () => [RoleRequest, RoleNeedsSecondPerson, RoleRequestClosed] as const,
  resolveType: value => ('askedAt' in value ? RoleRequest : (value.constructor as typeof RoleRequestClosed)),
});
