import { createUnionType, Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Refusal } from '../../platform/graphql';
import type { Hindrance } from './hindrances';
import { ErasureRequest } from './privacy.graphql';

export const HindranceEnum = {
  LEGAL_HOLD: 'LEGAL_HOLD',
  OPEN_APPOINTMENT: 'OPEN_APPOINTMENT',
  DOSES_IN_REGISTER: 'DOSES_IN_REGISTER',
} as const satisfies Record<Hindrance, Hindrance>;
registerEnumType(HindranceEnum, {
  name: 'ErasureHindrance',
  description: 'What stands in the way of erasing a person.',
  valuesMap: {
    LEGAL_HOLD: { description: 'A court or an inquiry needs the record. Lift the hold first.' },
    OPEN_APPOINTMENT: { description: 'She is expected somewhere. Cancel the appointment first.' },
    DOSES_IN_REGISTER: { description: 'The country’s law keeps whoever has a dose in the register.' },
  },
});

@ObjectType({
  implements: () => [Refusal],
  description: 'Whoever asked does not decide. Another data protection officer does.',
})
export class ErasureNeedsSecondPerson implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'Something stands in the way.' })
export class ErasureHindered implements Refusal {
  message: string;
  @Field(() => [HindranceEnum], { description: 'What it is.' })
  hindrances: Hindrance[];
}

@ObjectType({
  implements: () => [Refusal],
  description: 'It was decided before, or the person is erased already.',
})
export class ErasureDecided implements Refusal {
  message: string;
}

export const DecideErasureResult = createUnionType({
  name: 'DecideErasureResult',
  description: 'The request as it was decided, or why it cannot be.',
  types: () => [ErasureRequest, ErasureNeedsSecondPerson, ErasureHindered, ErasureDecided] as const,
  resolveType: value => ('askedAt' in value ? ErasureRequest : (value.constructor as typeof ErasureDecided)),
});
