import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../inventory';
import { byClass, DateScalar, ID } from '../platform/graphql';
import type { Context } from '../platform/context';
import type { Programme } from '../programmes';
import type { CountedDose, Presence } from './dose-record';
import {
  AlreadyReplaced,
  ChangeWindowOver,
  DateNotToday,
  DoseNotTaken,
  NoDoseNeeded,
  NotCheckedIn,
  NotSuitable,
  PersonDeceased,
  SecondPersonNeeded,
  TooEarly,
} from './vaccinations.refusals';
import type { ToldFact } from './vaccinations.store';
import { groupName, productName } from './vaccine-names';

export const PresenceEnum = {
  CHECKED_IN: 'CHECKED_IN',
  WALK_IN: 'WALK_IN',
  OVERRIDE: 'OVERRIDE',
} as const satisfies Record<Presence, Presence>;
registerEnumType(PresenceEnum, {
  name: 'Presence',
  description: 'How it is known that the person was there.',
  valuesMap: {
    CHECKED_IN: { description: 'She was checked in to the session by her code.' },
    WALK_IN: { description: 'She came without an appointment and was identified at the desk.' },
    OVERRIDE: { description: 'The member of staff vouches for it and says why. Overrides are counted.' },
  },
});

/** Keys as the API has them, values as FHIR's value set immunization-site (v3 ActSite) has them. */
export const InjectionSiteEnum = {
  LEFT_ARM: 'LA',
  RIGHT_ARM: 'RA',
  LEFT_THIGH: 'LT',
  RIGHT_THIGH: 'RT',
  LEFT_DELTOID: 'LD',
  RIGHT_DELTOID: 'RD',
} as const;
registerEnumType(InjectionSiteEnum, {
  name: 'InjectionSite',
  description: 'Where on the body a dose was given.',
  valuesMap: {
    LEFT_ARM: { description: 'Left arm.' },
    RIGHT_ARM: { description: 'Right arm.' },
    LEFT_THIGH: { description: 'Left thigh.' },
    RIGHT_THIGH: { description: 'Right thigh.' },
    LEFT_DELTOID: { description: 'Left deltoid muscle.' },
    RIGHT_DELTOID: { description: 'Right deltoid muscle.' },
  },
});

export const VaccineRouteEnum = {
  INTRADERMAL: 'intradermal',
  INTRAMUSCULAR: 'intramuscular',
  INTRANASAL: 'intranasal',
  ORAL: 'oral',
  SUBCUTANEOUS: 'subcutaneous',
} as const;
registerEnumType(VaccineRouteEnum, {
  name: 'VaccineRoute',
  description: 'How a dose was given.',
  valuesMap: {
    INTRADERMAL: { description: 'Into the skin.' },
    INTRAMUSCULAR: { description: 'Into a muscle.' },
    INTRANASAL: { description: 'Into the nose.' },
    ORAL: { description: 'By mouth.' },
    SUBCUTANEOUS: { description: 'Under the skin.' },
  },
});

export enum VaccinationState {
  CURRENT = 'CURRENT',
  CORRECTED = 'CORRECTED',
  VOIDED = 'VOIDED',
  VOID = 'VOID',
}
registerEnumType(VaccinationState, {
  name: 'VaccinationState',
  description: 'Whether a fact about a dose is true now.',
  valuesMap: {
    CURRENT: { description: 'It is true (FHIR Immunization.status `completed`).' },
    CORRECTED: { description: 'A later fact says it otherwise.' },
    VOIDED: { description: 'A later fact says that it is not so (FHIR `entered-in-error`).' },
    VOID: { description: 'This is the fact that says so.' },
  },
});

/** Why a dose that was due was not given. */
export enum NotDoneReason {
  REFUSAL = 'REFUSAL',
  STOCK_OUT = 'STOCK_OUT',
  ILLNESS = 'ILLNESS',
  CONTRAINDICATION = 'CONTRAINDICATION',
}
registerEnumType(NotDoneReason, {
  name: 'NotDoneReason',
  description: 'Why a dose that was due was not given.',
  valuesMap: {
    REFUSAL: { description: 'The person or carer did not want it (FHIR statusReason PATOBJ).' },
    STOCK_OUT: { description: 'There was none (OSTOCK).' },
    ILLNESS: { description: 'The person was ill that day (MEDPREC).' },
    CONTRAINDICATION: { description: 'It would not have been safe for her (MEDPREC).' },
  },
});

export enum CorrectionReason {
  WRONG_LOT = 'WRONG_LOT',
  WRONG_DAY = 'WRONG_DAY',
  WRONG_SITE_OR_ROUTE = 'WRONG_SITE_OR_ROUTE',
  WRONG_VACCINATOR = 'WRONG_VACCINATOR',
}
registerEnumType(CorrectionReason, {
  name: 'CorrectionReason',
  description: 'What was wrong about a recorded dose.',
  valuesMap: {
    WRONG_LOT: { description: 'It was of another lot.' },
    WRONG_DAY: { description: 'It was given on another day.' },
    WRONG_SITE_OR_ROUTE: { description: 'It was given at another site or by another route.' },
    WRONG_VACCINATOR: { description: 'Somebody else gave it.' },
  },
});

export enum VoidReason {
  NEVER_GIVEN = 'NEVER_GIVEN',
  ENTERED_TWICE = 'ENTERED_TWICE',
  WRONG_PERSON = 'WRONG_PERSON',
  DOSE_LOST = 'DOSE_LOST',
}
registerEnumType(VoidReason, {
  name: 'VoidReason',
  description: 'Why a recorded dose is not true.',
  valuesMap: {
    NEVER_GIVEN: { description: 'It was not given: it goes back to stock.' },
    ENTERED_TWICE: { description: 'It is recorded elsewhere too: this entry’s dose goes back to stock.' },
    WRONG_PERSON: { description: 'It was recorded for the wrong person: it counts as wasted here.' },
    DOSE_LOST: { description: 'It was drawn and spilt or spoilt: it counts as wasted.' },
  },
});

function stateOf(fact: ToldFact, facts: readonly ToldFact[]): VaccinationState {
  if (fact.kind === 'void') return VaccinationState.VOID;
  if (!fact.replaced) return VaccinationState.CURRENT;
  const by = facts.find(({ replaces }) => replaces === fact.id);
  return by?.kind === 'void' ? VaccinationState.VOIDED : VaccinationState.CORRECTED;
}

@ObjectType({ description: 'How a dose counted for one vaccine group when it was recorded.' })
export class DoseCounted {
  constructor(
    private readonly ctx: Context,
    private readonly programme: Programme,
    private readonly line: CountedDose,
  ) {}

  @Field(() => String, { description: 'Code of the vaccine group.' })
  get vaccineGroup(): string {
    return this.line.vaccineGroup;
  }
  @Field(() => String, { description: "What the group is called in the caller's language." })
  get vaccineGroupName(): string {
    return groupName(this.ctx, this.programme, this.line.vaccineGroup);
  }
  @Field(() => Int, { nullable: true, description: 'Its number in the series; absent when none was needed.' })
  get doseNumber(): number | null {
    return this.line.doseNumber;
  }
  @Field(() => String, { description: 'valid, not-valid, sub-standard or extraneous (CDSi table 3-1).' })
  get status(): string {
    return this.line.status;
  }
  @Field(() => [String], { description: 'Codes of why.' })
  get reasons(): string[] {
    return this.line.reasons;
  }
}

/**
 * Each field is made when it is asked for: of many doses few of the fields are. `facts` are those about the same person, by
 * which the fact may be replaced.
 */
@ObjectType({ description: 'A dose of vaccine that a person was given, as one fact says it.' })
export class Vaccination {
  constructor(
    private readonly ctx: Context,
    private readonly programme: Programme,
    private readonly fact: ToldFact,
    private readonly facts: readonly ToldFact[],
  ) {
    this.counted = fact.counted.map(line => new DoseCounted(ctx, programme, line));
  }

  @Field(() => ID, { description: 'This fact. A correction has its own.' })
  get id(): string {
    return this.fact.id;
  }
  @Field(() => ID, { description: 'The person.' })
  get personId(): string {
    return this.fact.personId;
  }
  @Field(() => VaccinationState, { description: 'Whether it is true now.' })
  get state(): VaccinationState {
    return stateOf(this.fact, this.facts);
  }
  @Field(() => ID, { nullable: true, description: 'The fact that it replaces.' })
  get replaces(): string | null {
    return this.fact.replaces;
  }
  @Field(() => String, { nullable: true, description: 'Code of why it was corrected or voided.' })
  get changeReason(): string | null {
    return this.fact.reason;
  }
  @Field(() => ID, { description: 'Code of the product.' })
  get productCode(): string {
    return this.fact.productCode;
  }
  @Field(() => String, { description: "What the product is called in the caller's language." })
  get productName(): string {
    return productName(this.ctx, this.programme, this.fact.productCode);
  }
  @Field(() => String, { description: 'Code of the vaccine in the schedule.' })
  get vaccineCode(): string {
    return this.fact.vaccineCode;
  }
  @Field(() => [DoseCounted], {
    complexity: 3,
    description: 'The dose numbers, computed by the schedule and never typed in.',
  })
  readonly counted: DoseCounted[];
  @Field(() => String, { description: 'Code and version of the schedule that decided.' })
  get schedule(): string {
    return `${this.fact.scheduleCode} ${this.fact.scheduleVersion}`;
  }
  @Field(() => ID, { description: 'The lot.' })
  get lotId(): string {
    return this.fact.lotId;
  }
  @Field(() => String, { description: 'The lot number as printed on the vial.' })
  get lotNumber(): string {
    return this.fact.lotNumber;
  }
  @Field(() => ID, { description: 'Where.' })
  get facilityId(): string {
    return this.fact.facilityId;
  }
  @Field(() => ID, { nullable: true, description: 'In which session.' })
  get sessionId(): string | null {
    return this.fact.sessionId;
  }
  @Field(() => DateScalar, { description: "The country's own day on which it was given." })
  get givenOn(): string {
    return this.fact.givenOn;
  }
  @Field(() => InjectionSiteEnum, { nullable: true, description: 'Where on the body.' })
  get site(): string | null {
    return this.fact.site;
  }
  @Field(() => VaccineRouteEnum, { description: 'How.' })
  get route(): string {
    return this.fact.route;
  }
  @Field(() => ID, { description: 'Account of who gave it.' })
  get vaccinatorId(): string {
    return this.fact.vaccinatorId;
  }
  @Field(() => PresenceEnum, { description: 'How it is known that the person was there.' })
  get presence(): Presence {
    return this.fact.presence;
  }
  @Field(() => String, { nullable: true, description: 'For an override: why.' })
  get presenceReason(): string | null {
    return this.fact.presenceReason;
  }
  @Field(() => String, { nullable: true, description: 'For a late entry: why.' })
  get lateReason(): string | null {
    return this.fact.lateReason;
  }
  @Field(() => String, {
    nullable: true,
    description: 'For a dose against the schedule: the clinical decision.',
  })
  get clinicalReason(): string | null {
    return this.fact.clinicalReason;
  }
  @Field(() => ID, { description: 'Account of who recorded this fact.' })
  get recordedBy(): string {
    return this.fact.recordedBy;
  }
  @Field(() => Date, { description: 'When this fact was recorded.' })
  get recordedAt(): Date {
    return this.fact.recordedAt;
  }
}

@ObjectType({ description: 'A dose that was due and was not given.' })
export class VaccinationNotDone {
  @Field(() => ID, { description: 'This fact.' })
  id: string;
  @Field(() => ID, { description: 'The person.' })
  personId: string;
  @Field(() => String, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => NotDoneReason, { description: 'Why.' })
  reason: string;
  @Field(() => String, { description: 'The reason as FHIR Immunization.statusReason (v3 ActReason).' })
  statusReason: string;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'In which session.' })
  sessionId: string | null;
  @Field(() => DateScalar, { description: "The country's own day." })
  day: string;
  @Field(() => Date, { description: 'When it was recorded.' })
  recordedAt: Date;
}

@ObjectType({ description: 'Everything recorded of a person’s doses.' })
export class VaccinationHistory {
  @Field(() => [Vaccination], { complexity: 20, description: 'Doses, in the order they were given.' })
  doses: Vaccination[];
  @Field(() => [VaccinationNotDone], {
    complexity: 10,
    description: 'Doses that were due and not given, newest first.',
  })
  notDone: VaccinationNotDone[];
}

const byConstructor = { resolveType: byClass };

export const RecordVaccinationResult = createUnionType({
  name: 'RecordVaccinationResult',
  description: 'The dose as it was recorded, or why it was not.',
  types: () =>
    [
      Vaccination,
      LotNotInStock,
      LotExpired,
      LotOnHold,
      TooEarly,
      NoDoseNeeded,
      NotSuitable,
      PersonDeceased,
      NotCheckedIn,
      DateNotToday,
    ] as const,
  ...byConstructor,
});

export const RecordOneResult = createUnionType({
  name: 'RecordOneResult',
  description: 'One dose of several as it was recorded, or why it was not.',
  types: () =>
    [
      Vaccination,
      LotNotInStock,
      LotExpired,
      LotOnHold,
      TooEarly,
      NoDoseNeeded,
      NotSuitable,
      PersonDeceased,
      NotCheckedIn,
      DateNotToday,
      DoseNotTaken,
    ] as const,
  ...byConstructor,
});

@ObjectType({ description: 'What became of one dose of several.' })
export class RecordedVaccination {
  @Field(() => String, { description: 'The key with which it was sent.' })
  idempotencyKey: string;
  @Field(() => RecordOneResult, { description: 'The dose, or why it was not recorded.' })
  result: object;
}

export const CorrectVaccinationResult = createUnionType({
  name: 'CorrectVaccinationResult',
  description: 'The dose as it is now said to be, or why it was not corrected.',
  types: () =>
    [
      Vaccination,
      LotNotInStock,
      LotExpired,
      LotOnHold,
      DateNotToday,
      ChangeWindowOver,
      AlreadyReplaced,
    ] as const,
  ...byConstructor,
});

export const VoidVaccinationResult = createUnionType({
  name: 'VoidVaccinationResult',
  description: 'The fact that takes the dose back, or why it was not taken back.',
  types: () => [Vaccination, ChangeWindowOver, SecondPersonNeeded, AlreadyReplaced] as const,
  ...byConstructor,
});
