import { Field, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { Length, Max, Min, ValidateNested } from 'class-validator';
import type { ErasureState } from './erasures.store';
import type { AlertRules, DosesOfErased, PrivacyRules } from './privacy-rules';
import type { AskedGround } from './request-erasure';
import { ID, Page } from '../../platform/graphql';

export const ErasureGroundEnum = {
  ASKED_BY_PERSON: 'ASKED_BY_PERSON',
  REGISTERED_IN_ERROR: 'REGISTERED_IN_ERROR',
  RETENTION_OVER: 'RETENTION_OVER',
} as const satisfies Record<AskedGround, AskedGround>;
registerEnumType(ErasureGroundEnum, {
  name: 'ErasureGround',
  description: 'Why a person is to be erased.',
  valuesMap: {
    ASKED_BY_PERSON: { description: 'She, or whoever acts for her, asks for it.' },
    REGISTERED_IN_ERROR: { description: 'She should never have been registered.' },
    RETENTION_OVER: { description: 'The time for which the law keeps her record is over.' },
  },
});

export const ErasureStateEnum = {
  ASKED: 'ASKED',
  ERASED: 'ERASED',
  DECLINED: 'DECLINED',
} as const satisfies Record<ErasureState, ErasureState>;
registerEnumType(ErasureStateEnum, {
  name: 'ErasureState',
  description: 'Where a request for erasure stands.',
  valuesMap: {
    ASKED: { description: 'Nobody has decided.' },
    ERASED: { description: 'The person is erased.' },
    DECLINED: { description: 'She is not.' },
  },
});

export const DosesOfErasedEnum = {
  KEPT_DE_IDENTIFIED: 'KEPT_DE_IDENTIFIED',
  NOT_ERASED: 'NOT_ERASED',
} as const satisfies Record<DosesOfErased, DosesOfErased>;
registerEnumType(DosesOfErasedEnum, {
  name: 'DosesOfErased',
  description: 'What the law says about doses of somebody who is to be erased.',
  valuesMap: {
    KEPT_DE_IDENTIFIED: {
      description: 'They stay, of nobody in particular: year of birth, sex and area alone.',
    },
    NOT_ERASED: { description: 'Whoever has a dose in the register is not erased.' },
  },
});

@ObjectType({ description: 'That a person be erased: one asks, another decides.' })
export class ErasureRequest {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Who is to be erased.' })
  personId: string;
  @Field(() => String, {
    description: 'Why: an ErasureGround, or RESTORED for one repeated after a restore.',
  })
  ground: string;
  @Field(() => ErasureStateEnum, { description: 'Where it stands.' })
  state: ErasureState;
  @Field(() => ID, { nullable: true, description: 'The account that asked; absent for the service itself.' })
  askedBy: string | null;
  @Field(() => Date, { description: 'When it was asked for.' })
  askedAt: Date;
  @Field(() => ID, { nullable: true, description: 'The account that decided.' })
  decidedBy: string | null;
  @Field(() => Date, { nullable: true, description: 'When it was decided.' })
  decidedAt: Date | null;
}

@ObjectType({ description: 'Requests for erasure, newest first.' })
export class ErasureRequestPage extends Page {
  @Field(() => [ErasureRequest], { description: 'The requests.' })
  items: ErasureRequest[];
}

@InputType('RequestErasureInput', { description: 'That a person be erased.' })
export class RequestErasureGraphqlInput {
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => ErasureGroundEnum, { description: 'Why; of a citizen always that she asks for it.' })
  ground: AskedGround;
}

@InputType('DecideErasureInput', { description: 'What becomes of a request for erasure.' })
export class DecideErasureGraphqlInput {
  @Field(() => ID, { description: 'Who is to be erased.' })
  personId: string;
  @Field(() => ID, { description: 'The request.' })
  requestId: string;
  @Field(() => Boolean, { description: 'True: she is erased, and there is no way back.' })
  erase: boolean;
}

@ObjectType({ description: 'While it stands, nothing of a person is erased.' })
export class LegalHold {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'Whose record.' })
  personId: string;
  @Field(() => String, { description: 'The case, as the court or the inquiry counts it.' })
  reference: string;
  @Field(() => Date, { description: 'Since when.' })
  placedAt: Date;
  @Field(() => Date, { nullable: true, description: 'Until when; absent while it stands.' })
  liftedAt: Date | null;
}

@InputType('PlaceLegalHoldInput', { description: 'A record that a court or an inquiry needs.' })
export class PlaceLegalHoldGraphqlInput {
  @Field(() => ID, { description: 'Whose record.' })
  personId: string;
  @Field(() => String, { description: 'The case, as the court or the inquiry counts it; no name.' })
  @Length(1, 100)
  reference: string;
  @Field(() => String, { description: 'The same key again places no second hold.' })
  idempotencyKey: string;
}

@InputType('LiftLegalHoldInput', { description: 'A hold that ends.' })
export class LiftLegalHoldGraphqlInput {
  @Field(() => ID, { description: 'Whose record.' })
  personId: string;
  @Field(() => ID, { description: 'The hold.' })
  holdId: string;
}

const HOURS = 24;

@ObjectType({ description: 'From which numbers of a day the data protection officer is told.' })
@InputType('LookAlertsInput', {
  description: 'From which numbers of a day the data protection officer is told.',
})
export class LookAlerts implements AlertRules {
  @Field(() => Int, { description: 'Searches that met nobody.' })
  @Min(1)
  @Max(10_000)
  misses: number;
  @Field(() => Int, { description: 'Facilities stood at.' })
  @Min(2)
  @Max(1_000)
  facilities: number;
  @Field(() => Int, { description: 'Persons shown at night.' })
  @Min(1)
  @Max(10_000)
  nightPersons: number;
  @Field(() => Int, { description: 'The hour at which the night begins, 0 to 23, by the country’s clock.' })
  @Min(0)
  @Max(HOURS - 1)
  nightFrom: number;
  @Field(() => Int, { description: 'The hour at which it ends.' })
  @Min(0)
  @Max(HOURS - 1)
  nightUntil: number;
}

@ObjectType({ description: 'What whoever breaks the glass is given.' })
@InputType('BreakGlassLimitsInput', { description: 'What whoever breaks the glass is given.' })
export class BreakGlassLimits {
  @Field(() => Int, { description: 'For how many minutes.' })
  @Min(1)
  @Max(1_440)
  minutes: number;
  @Field(() => Int, { description: 'How many persons she is shown beyond a day’s number.' })
  @Min(1)
  @Max(10_000)
  persons: number;
}

@ObjectType('PrivacyRules', { description: 'What the country’s law says about privacy.' })
@InputType('PrivacyRulesInput', { description: 'What the country’s law says about privacy.' })
export class PrivacyRulesGraphql implements PrivacyRules {
  @Field(() => DosesOfErasedEnum, { description: 'What becomes of the doses of whoever is to be erased.' })
  dosesOfErased: DosesOfErased;
  @Field(() => Boolean, { description: 'While it is true, nothing is erased and nothing cleared away.' })
  holdEverybody: boolean;
  @Field(() => Int, { description: 'Days for which it is kept who was shown to whom, 30 to 3650.' })
  @Min(30)
  @Max(3_650)
  keepLooksDays: number;
  @Field(() => Int, { description: 'A figure about fewer persons than this is not given out; 3 to 1000.' })
  @Min(3)
  @Max(1_000)
  fewestInExtract: number;
  @Field(() => BreakGlassLimits, { description: 'What whoever breaks the glass is given.' })
  @ValidateNested()
  @Type(() => BreakGlassLimits)
  breakGlass: BreakGlassLimits;
  @Field(() => Int, { description: 'After how many searches that met nobody a day is over; 1 to 10000.' })
  @Min(1)
  @Max(10_000)
  missesADay: number;
  @Field(() => LookAlerts, { description: 'From which numbers the officer is told.' })
  @ValidateNested()
  @Type(() => LookAlerts)
  alerts: LookAlerts;
}
