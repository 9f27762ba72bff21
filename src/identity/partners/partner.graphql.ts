import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsEmail, IsUUID, Length, Max, Min } from 'class-validator';
import { byClass, ID, Refusal } from '../../platform/graphql';
import type { PartnerCheck, PartnerKind, PartnerScope, PartnerState } from './partner-rules';

const PartnerKindEnum = {
  PROGRAMME: 'PROGRAMME',
  LABORATORY: 'LABORATORY',
  PRINT_HOUSE: 'PRINT_HOUSE',
  PLATFORM: 'PLATFORM',
} as const satisfies Record<PartnerKind, PartnerKind>;
registerEnumType(PartnerKindEnum, {
  name: 'PartnerKind',
  description: 'What sort of organisation a partner is.',
  valuesMap: {
    PROGRAMME: { description: 'Another programme, of health or not.' },
    LABORATORY: { description: 'A laboratory.' },
    PRINT_HOUSE: { description: 'A house that prints certificates.' },
    PLATFORM: { description: 'A platform whose parcels travel along.' },
  },
});

const PartnerStateEnum = {
  SANDBOX: 'SANDBOX',
  PRODUCTION: 'PRODUCTION',
  SUSPENDED: 'SUSPENDED',
} as const satisfies Record<PartnerState, PartnerState>;
registerEnumType(PartnerStateEnum, {
  name: 'PartnerState',
  description: 'How far a partner is.',
  valuesMap: {
    SANDBOX: { description: 'It tries: what it does is checked and answered, and has no effect.' },
    PRODUCTION: { description: 'A second person certified it.' },
    SUSPENDED: { description: 'It gets no token, and those it has work no more.' },
  },
});

const PartnerScopeEnum = {
  ORDERS: 'ORDERS',
  EVENTS: 'EVENTS',
  WEBHOOKS: 'WEBHOOKS',
} as const satisfies Record<PartnerScope, PartnerScope>;
registerEnumType(PartnerScopeEnum, {
  name: 'PartnerScope',
  description: 'What a partner may do. None of it finds or shows a person.',
  valuesMap: {
    ORDERS: { description: 'Send consignments.' },
    EVENTS: { description: 'Capture and query its own EPCIS events.' },
    WEBHOOKS: { description: 'Be told what happens to its consignments.' },
  },
});

const PartnerCheckEnum = {
  TOKEN_ISSUED: 'TOKEN_ISSUED',
  ORDER_PLANNED: 'ORDER_PLANNED',
  EVENTS_CAPTURED: 'EVENTS_CAPTURED',
  EVENTS_REFUSED: 'EVENTS_REFUSED',
  WEBHOOK_TAKEN: 'WEBHOOK_TAKEN',
} as const satisfies Record<PartnerCheck, PartnerCheck>;
registerEnumType(PartnerCheckEnum, {
  name: 'PartnerCheck',
  description: 'Something that a partner shows in its sandbox, as the service itself saw it.',
  valuesMap: {
    TOKEN_ISSUED: { description: 'It proved its key and got a token.' },
    ORDER_PLANNED: { description: 'It ordered a consignment that could be planned.' },
    EVENTS_CAPTURED: { description: 'It captured events that were valid.' },
    EVENTS_REFUSED: { description: 'It captured events that were not, and was told where.' },
    WEBHOOK_TAKEN: { description: 'Its webhook answered a signed message.' },
  },
});

@ObjectType({ description: 'A public key by which a partner’s program proves itself.' })
export class PartnerKeyHeld {
  @Field(() => String, { description: 'Name of the key, as an assertion’s header gives it.' })
  kid: string;
  @Field(() => String, { description: 'The algorithm that it is used with: ES256, EdDSA or PS256.' })
  alg: string;
  @Field(() => Date, { description: 'Since when.' })
  addedAt: Date;
}

@ObjectType({ description: 'An organisation whose program calls for itself.' })
export class Partner {
  @Field(() => ID, { description: 'The partner; its `client_id` at the token endpoint.' })
  id: string;
  @Field(() => String, { description: 'Name of the organisation.' })
  name: string;
  @Field(() => PartnerKindEnum, { description: 'What sort it is.' })
  kind: PartnerKind;
  @Field(() => String, { description: 'What it is for, as it was agreed.' })
  purpose: string;
  @Field(() => String, { description: 'E-mail address of whoever answers when something is wrong.' })
  contact: string;
  @Field(() => [PartnerScopeEnum], { description: 'What it may do.' })
  scopes: PartnerScope[];
  @Field(() => Int, { description: 'How many requests it may make in a minute.' })
  requestsPerMinute: number;
  @Field(() => PartnerStateEnum, { description: 'How far it is.' })
  state: PartnerState;
  @Field(() => [PartnerKeyHeld], { description: 'Its keys; two at the most.' })
  keys: PartnerKeyHeld[];
  @Field(() => [PartnerCheckEnum], {
    description: 'What it has shown in its sandbox since it was last changed.',
  })
  passed: PartnerCheck[];
  @Field(() => [PartnerCheckEnum], { description: 'What it must still show before it can be certified.' })
  missing: PartnerCheck[];
  @Field(() => Date, { description: 'When it was registered.' })
  registeredAt: Date;
  @Field(() => Date, { nullable: true, description: 'When it was certified; absent until it is.' })
  certifiedAt: Date | null;
  @Field(() => String, { nullable: true, description: 'Why it is suspended.' })
  reason: string | null;
}

@ObjectType({
  implements: () => Refusal,
  description: 'The partner has not shown all that it must, or is not in its sandbox.',
})
export class PartnerNotReady implements Refusal {
  message: string;
  @Field(() => [PartnerCheckEnum], { description: 'What it must still show.' })
  missing: PartnerCheck[];
}

@ObjectType({
  implements: () => Refusal,
  description: 'Whoever registered or last changed a partner does not certify it. Ask somebody else.',
})
export class PartnerNeedsSecondPerson implements Refusal {
  message: string;
}

export const CertifyPartnerResult = createUnionType({
  name: 'CertifyPartnerResult',
  description: 'The partner in production, or why it is not.',
  types: () => [Partner, PartnerNotReady, PartnerNeedsSecondPerson] as const,
  resolveType: byClass,
});

@InputType({ isAbstract: true })
class PartnerGraphqlInput {
  @Length(2, 200)
  @Field(() => String, { description: 'Name of the organisation.' })
  name: string;
  @Field(() => PartnerKindEnum, { description: 'What sort it is.' })
  kind: PartnerKind;
  @Length(5, 1000)
  @Field(() => String, { description: 'What it is for, as it was agreed.' })
  purpose: string;
  @IsEmail()
  @Field(() => String, { description: 'E-mail address of whoever answers when something is wrong.' })
  contact: string;
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(3)
  @Field(() => [PartnerScopeEnum], { description: 'What it may do.' })
  scopes: PartnerScope[];
  @Min(1)
  @Max(100_000)
  @Field(() => Int, { defaultValue: 600, description: 'How many requests it may make in a minute.' })
  requestsPerMinute: number;
  @Length(1, 4000)
  @Field(() => String, {
    description: 'Its public key as a JWK (RFC 7517): P-256, Ed25519, or RSA of 2048 bits or more.',
  })
  publicKey: string;
}

@InputType('RegisterPartnerInput', { description: 'Who a partner is and what it may do.' })
export class RegisterPartnerGraphqlInput extends PartnerGraphqlInput {
  @Field(() => String, {
    description:
      'A key of the caller’s own, 8 to 100 characters: the same request sent again registers nothing.',
  })
  idempotencyKey: string;
}

@InputType('ChangePartnerInput', {
  description: 'A partner as it is from now on. It goes back to its sandbox and is certified anew.',
})
export class ChangePartnerGraphqlInput extends PartnerGraphqlInput {
  @IsUUID()
  @Field(() => ID, { description: 'Which.' })
  id: string;
}
