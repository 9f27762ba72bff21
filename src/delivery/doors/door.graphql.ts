import { createUnionType, Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { byClass, DateScalar, ID, Refusal } from '../../platform/graphql';
import type { DeliveryFailure, DirectionKind, HandoverProof, ProofStanding } from './door-rules';

export const DeliveryFailureEnum = {
  NOBODY_THERE: 'NOBODY_THERE',
  ADDRESS_NOT_FOUND: 'ADDRESS_NOT_FOUND',
  RECEIVER_UNKNOWN: 'RECEIVER_UNKNOWN',
  REFUSED: 'REFUSED',
  LATER_ASKED_FOR: 'LATER_ASKED_FOR',
  PLACE_CLOSED: 'PLACE_CLOSED',
  NOT_REACHED: 'NOT_REACHED',
  IDENTITY_NOT_PROVEN: 'IDENTITY_NOT_PROVEN',
  DAMAGED: 'DAMAGED',
} as const satisfies Record<DeliveryFailure, DeliveryFailure>;
registerEnumType(DeliveryFailureEnum, {
  name: 'DeliveryFailure',
  description: 'Why nothing was handed over at the door.',
  valuesMap: {
    NOBODY_THERE: { description: 'Nobody was there to take it.' },
    ADDRESS_NOT_FOUND: { description: 'The address could not be found, or is not whole.' },
    RECEIVER_UNKNOWN: { description: 'The receiver is not known there, or has moved.' },
    REFUSED: { description: 'The receiver did not want it.' },
    LATER_ASKED_FOR: { description: 'The receiver asked for another day.' },
    PLACE_CLOSED: { description: 'The place was closed.' },
    NOT_REACHED: { description: 'The courier did not get there.' },
    IDENTITY_NOT_PROVEN: { description: 'Whoever was there could not show that it is for her.' },
    DAMAGED: { description: 'It was damaged and not handed over.' },
  },
});

export const HandoverProofEnum = {
  CODE: 'CODE',
  QR: 'QR',
  PHOTO: 'PHOTO',
  SIGNATURE: 'SIGNATURE',
} as const satisfies Record<HandoverProof, HandoverProof>;
registerEnumType(HandoverProofEnum, {
  name: 'HandoverProof',
  description: 'How it is shown that the right one has it.',
  valuesMap: {
    CODE: { description: 'The receiver said the six digits that she was told.' },
    QR: { description: 'The receiver showed the QR code that she was given.' },
    PHOTO: { description: 'A photo was taken.' },
    SIGNATURE: { description: 'The receiver signed.' },
  },
});

export const ProofStandingEnum = {
  PROVEN: 'PROVEN',
  ATTESTED: 'ATTESTED',
  WRONG: 'WRONG',
  VOID: 'VOID',
  NONE: 'NONE',
} as const satisfies Record<ProofStanding, ProofStanding>;
registerEnumType(ProofStandingEnum, {
  name: 'ProofStanding',
  description: 'What a hand-over rests on.',
  valuesMap: {
    PROVEN: { description: 'On a secret that only the receiver was told.' },
    ATTESTED: { description: 'On a picture, which whoever delivered it can show.' },
    WRONG: { description: 'On nothing: the secret was a wrong one.' },
    VOID: { description: 'On nothing: the secret had been guessed at too often.' },
    NONE: { description: 'On nothing but the word of whoever delivered it.' },
  },
});

export const DirectionKindEnum = {
  REDIRECT: 'REDIRECT',
  RETURN: 'RETURN',
} as const satisfies Record<DirectionKind, DirectionKind>;
registerEnumType(DirectionKindEnum, {
  name: 'ConsignmentDirectionKind',
  description: 'Where else a consignment goes than it was sent to.',
  valuesMap: {
    REDIRECT: { description: 'To another hub.' },
    RETURN: { description: 'Back to the hub that it was sent from.' },
  },
});

@InputType('HandoverProofInput', {
  description: 'How it is shown that the right one has it. With CODE and QR the scan names one unit.',
})
export class HandoverProofGraphqlInput {
  @Field(() => HandoverProofEnum, { description: 'How.' })
  kind: HandoverProof;
  @Field(() => String, {
    nullable: true,
    description: 'For CODE and QR: what the receiver said or showed. It is compared and not kept.',
  })
  secret?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      'For PHOTO and SIGNATURE: the SHA-256 of the picture’s bytes, 64 hexadecimal digits. The picture stays where it is.',
  })
  sha256?: string | null;
}

@ObjectType({ description: 'A time at which a consignment could not be handed over.' })
export class FailedAttempt {
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => DeliveryFailureEnum, {
    nullable: true,
    description: 'Why; absent when whoever told of it gave no reason.',
  })
  reason: DeliveryFailure | null;
  @Field(() => String, { nullable: true, description: 'Name of the hub from which it was tried.' })
  hub: string | null;
}

@ObjectType({ description: 'How a consignment was handed over, to the receiver or back to the sender.' })
export class Handover {
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => HandoverProofEnum, { nullable: true, description: 'How that is shown.' })
  proof: HandoverProof | null;
  @Field(() => String, {
    nullable: true,
    description: 'For a picture: its SHA-256 in hexadecimal digits, by which it is known when it is shown.',
  })
  sha256: string | null;
  @Field(() => ProofStandingEnum, { description: 'What it rests on.' })
  standing: ProofStanding;
}

@ObjectType({ description: 'A consignment was told to go somewhere else than it was sent to.' })
export class ConsignmentDirection {
  @Field(() => DirectionKindEnum, { description: 'To another hub, or back.' })
  kind: DirectionKind;
  @Field(() => Date, { description: 'When.' })
  at: Date;
  @Field(() => ID, { description: 'The hub that it goes to since then.' })
  toHubId: string;
}

@ObjectType({ description: 'How the last mile of a consignment went.' })
export class ConsignmentDoor {
  @Field(() => [FailedAttempt], { complexity: 5, description: 'Times at which it could not be handed over.' })
  attempts: FailedAttempt[];
  @Field(() => Boolean, { description: 'Whether it waits to be picked up.' })
  held: boolean;
  @Field(() => DateScalar, {
    nullable: true,
    description:
      'The last day on which it can be picked up; absent when it does not wait, or no end was told.',
  })
  heldUntil: string | null;
  @Field(() => Handover, { nullable: true, description: 'How it was handed over; absent until then.' })
  handover: Handover | null;
  @Field(() => [ConsignmentDirection], {
    complexity: 5,
    description: 'Where else it was told to go, in order.',
  })
  directions: ConsignmentDirection[];
}

@ObjectType({
  description: 'What a receiver says or shows so that a consignment is handed to her. For her alone.',
})
export class HandoverSecretView {
  @Field(() => String, { description: 'Code of the unit that bears the label.' })
  unit: string;
  @Field(() => String, { description: 'Six digits, to be said.' })
  code: string;
  @Field(() => String, { description: 'The text of a QR code, to be shown.' })
  qrText: string;
  @Field(() => String, { complexity: 20, description: 'That QR code as an SVG picture with its quiet zone.' })
  qrSvg: string;
}

@ObjectType({
  description: 'It is the consignment’s secret. The scan of the hand-over carries it once more.',
})
export class HandoverSecretRight {
  @Field(() => String, { description: 'Code of the unit.' })
  unit: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'It is not the consignment’s secret, or it was guessed at too often to prove anything.',
})
export class HandoverSecretWrong implements Refusal {
  message: string;
  @Field(() => Int, { description: 'How often it may still be wrong. At none, take a photo or a signature.' })
  guessesLeft: number;
}

export const CheckHandoverResult = createUnionType({
  name: 'CheckHandoverResult',
  description: 'Whether a secret is the right one.',
  types: () => [HandoverSecretRight, HandoverSecretWrong] as const,
  resolveType: byClass,
});

@InputType('CheckHandoverInput', { description: 'A secret that a receiver said or showed.' })
export class CheckHandoverGraphqlInput {
  @Field(() => String, {
    description: 'A key of the caller’s own, 8 to 100 characters: a guess sent again counts once.',
  })
  idempotencyKey: string;
  @Field(() => String, { description: 'Code of the unit that bears the label.' })
  unit: string;
  @Field(() => HandoverProofEnum, { description: 'CODE or QR.' })
  kind: HandoverProof;
  @Field(() => String, { description: 'What she said or showed, at most 60 characters.' })
  secret: string;
}

@InputType('RedirectConsignmentInput', { description: 'Where a consignment is to go instead.' })
export class RedirectConsignmentGraphqlInput {
  @Field(() => String, { description: 'A key of the caller’s own, 8 to 100 characters.' })
  idempotencyKey: string;
  @Field(() => String, { description: 'Code of the unit that bears the label.' })
  unit: string;
  @Field(() => ID, { nullable: true, description: 'The hub it is to go to; or else an area.' })
  toHubId?: string | null;
  @Field(() => ID, {
    nullable: true,
    description: 'The area it is to go to: to the hub that delivers there.',
  })
  toAreaId?: string | null;
}

@InputType('ReturnConsignmentInput', { description: 'A consignment that is to go back.' })
export class ReturnConsignmentGraphqlInput {
  @Field(() => String, { description: 'A key of the caller’s own, 8 to 100 characters.' })
  idempotencyKey: string;
  @Field(() => String, { description: 'Code of the unit that bears the label.' })
  unit: string;
}

@ObjectType({
  implements: () => Refusal,
  description: 'It was handed over already, to the receiver or back to the sender: it goes nowhere any more.',
})
export class ConsignmentHandedOver implements Refusal {
  message: string;
  @Field(() => Date, { description: 'When.' })
  at: Date;
}
