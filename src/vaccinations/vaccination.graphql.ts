import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LotExpired, LotNotInStock, LotOnHold } from '../inventory';
import { byClass, DateScalar, ID } from '../platform/graphql';
import type { Presence } from './dose-record';
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

@ObjectType({ description: 'How a dose counted for one vaccine group when it was recorded.' })
export class DoseCounted {
  @Field(() => String, { description: 'Code of the vaccine group.' })
  vaccineGroup: string;
  @Field(() => String, { description: "What the group is called in the caller's language." })
  vaccineGroupName: string;
  @Field(() => Int, { nullable: true, description: 'Its number in the series; absent when none was needed.' })
  doseNumber: number | null;
  @Field(() => String, { description: 'valid, not-valid, sub-standard or extraneous (CDSi table 3-1).' })
  status: string;
  @Field(() => [String], { description: 'Codes of why.' })
  reasons: string[];
}

@ObjectType({ description: 'A dose of vaccine that a person was given, as one fact says it.' })
export class Vaccination {
  @Field(() => ID, { description: 'This fact. A correction has its own.' })
  id: string;
  @Field(() => ID, { description: 'The person.' })
  personId: string;
  @Field(() => VaccinationState, { description: 'Whether it is true now.' })
  state: VaccinationState;
  @Field(() => ID, { nullable: true, description: 'The fact that it replaces.' })
  replaces: string | null;
  @Field(() => String, { nullable: true, description: 'Code of why it was corrected or voided.' })
  changeReason: string | null;
  @Field(() => ID, { description: 'Code of the product.' })
  productCode: string;
  @Field(() => String, { description: "What the product is called in the caller's language." })
  productName: string;
  @Field(() => String, { description: 'Code of the vaccine in the schedule.' })
  vaccineCode: string;
  @Field(() => [DoseCounted], {
    complexity: 3,
    description: 'The dose numbers, computed by the schedule and never typed in.',
  })
  counted: DoseCounted[];
  @Field(() => String, { description: 'Code and version of the schedule that decided.' })
  schedule: string;
  @Field(() => ID, { description: 'The lot.' })
  lotId: string;
  @Field(() => String, { description: 'The lot number as printed on the vial.' })
  lotNumber: string;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => ID, { nullable: true, description: 'In which session.' })
  sessionId: string | null;
  @Field(() => DateScalar, { description: "The country's own day on which it was given." })
  givenOn: string;
  @Field(() => InjectionSiteEnum, { nullable: true, description: 'Where on the body.' })
  site: string | null;
  @Field(() => VaccineRouteEnum, { description: 'How.' })
  route: string;
  @Field(() => ID, { description: 'Account of who gave it.' })
  vaccinatorId: string;
  @Field(() => PresenceEnum, { description: 'How it is known that the person was there.' })
  presence: Presence;
  @Field(() => String, { nullable: true, description: 'For an override: why.' })
  presenceReason: string | null;
  @Field(() => String, { nullable: true, description: 'For a late entry: why.' })
  lateReason: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'For a dose against the schedule: the clinical decision.',
  })
  clinicalReason: string | null;
  @Field(() => ID, { description: 'Account of who recorded this fact.' })
  recordedBy: string;
  @Field(() => Date, { description: 'When this fact was recorded.' })
  recordedAt: Date;
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
