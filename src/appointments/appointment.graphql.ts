import { Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SessionCapsView } from '../facilities';
import { DateScalar, ID, Page } from '../platform/graphql';
import { FAMILY } from './appointment-rules';
import type { AppointmentState } from './appointments.store';

/** What a client says of the device it runs on, where a cap looks at it. */
export const DEVICE =
  'A name that the client gave its device once, 16 to 100 characters. It is no secret and proves nothing: it can only make a cap tighter.';
export const DEVICE_NAME = /^[\x21-\x7e]{16,100}$/;

export const AppointmentStateEnum = {
  HELD: 'HELD',
  BOOKED: 'BOOKED',
  CHECKED_IN: 'CHECKED_IN',
  COMPLETED: 'COMPLETED',
  CANCELLED: 'CANCELLED',
  MOVED: 'MOVED',
  EXPIRED: 'EXPIRED',
} as const satisfies Record<AppointmentState, AppointmentState>;
registerEnumType(AppointmentStateEnum, {
  name: 'AppointmentState',
  description: 'What has become of an appointment.',
  valuesMap: {
    HELD: { description: 'A place is kept for a few minutes; confirm it.' },
    BOOKED: { description: 'Confirmed.' },
    CHECKED_IN: { description: 'She came.' },
    COMPLETED: { description: 'What she came for was done or found not to be due.' },
    CANCELLED: { description: 'Given back, or the session will not be held.' },
    MOVED: { description: 'Another appointment took its place.' },
    EXPIRED: { description: 'Not confirmed in time.' },
  },
});

@ObjectType({ description: "One person's place in one session." })
export class Appointment {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The booking; people who come together share it.' })
  bookingId: string;
  @Field(() => ID, { description: 'Who comes.' })
  personId: string;
  @Field(() => ID, { description: 'Where.' })
  facilityId: string;
  @Field(() => ID, { description: 'In which session.' })
  sessionId: string;
  @Field(() => DateScalar, { description: "On which day, the country's own." })
  date: string;
  @Field(() => String, { description: 'From when, HH:MM.' })
  startTime: string;
  @Field(() => String, { description: 'Until when, HH:MM.' })
  endTime: string;
  @Field(() => [ID], { description: 'For which products.' })
  products: string[];
  @Field(() => Int, { nullable: true, description: 'For which dose, when the session counts by dose.' })
  doseNumber: number | null;
  @Field(() => AppointmentStateEnum, { description: 'What has become of it.' })
  state: AppointmentState;
  @Field(() => Date, { nullable: true, description: 'Until when a held place is kept.' })
  expiresAt: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'The code to say at the facility. Only the holder sees it: it shows that she is there.',
  })
  checkInCode: string | null;
}

@ObjectType({ description: 'Places of people who come together.' })
export class Booking {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The facility; with the id it names the booking.' })
  facilityId: string;
  @Field(() => [Appointment], { description: 'Each person’s place.' })
  appointments: Appointment[];
}

@ObjectType({ description: 'A page of appointments.' })
export class AppointmentPage extends Page {
  @Field(() => [Appointment], { description: 'The appointments, in the order in which they were made.' })
  items: Appointment[];
}

@ObjectType({ description: 'Free places for one dose number, or for every dose alike.' })
export class FreePlaces {
  @Field(() => Int, { nullable: true, description: 'The dose number; absent: every dose alike.' })
  doseNumber: number | null;
  @Field(() => Int, { description: 'How many are free.' })
  free: number;
}

@ObjectType({ description: 'A session as the public sees it. Also shown when it is full or not open yet.' })
export class AvailableSession {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session; with the facility it is what places are held in.' })
  sessionId: string;
  @Field(() => String, { description: "The facility's code." })
  facilityCode: string;
  @Field(() => String, { description: "The facility's name in the caller's language." })
  facilityName: string;
  @Field(() => String, { nullable: true, description: 'Street and house.' })
  address: string | null;
  @Field(() => Float, {
    nullable: true,
    description: 'How far it is as the crow flies, when a point was asked about.',
  })
  distanceKm: number | null;
  @Field(() => DateScalar, { description: 'The day.' })
  date: string;
  @Field(() => String, { description: 'From when, HH:MM.' })
  startTime: string;
  @Field(() => String, { description: 'Until when, HH:MM.' })
  endTime: string;
  @Field(() => [ID], { description: 'Codes of the products given.' })
  products: string[];
  @Field(() => String, { nullable: true, description: 'From this age on, e.g. `6 weeks`.' })
  minAge: string | null;
  @Field(() => String, { nullable: true, description: 'Below this age.' })
  maxAge: string | null;
  @Field(() => Date, { description: 'From when places can be booked.' })
  opensAt: Date;
  @Field(() => Boolean, { description: 'Whether a place can be held now: it is open and one is free.' })
  bookable: boolean;
  @Field(() => Int, { description: 'Places free to book, for the dose asked about or in all.' })
  free: number;
  @Field(() => [FreePlaces], { description: 'The same by dose number.' })
  places: FreePlaces[];
  @Field(() => Int, { description: 'Places free for people who come without an appointment, besides.' })
  walkInFree: number;
  @Field(() => SessionCapsView, { description: 'The most that one account, device and network may book.' })
  caps: SessionCapsView;
}

@ObjectType({
  description: 'Where and when people can be vaccinated, from the one place where places are counted.',
})
export class Availability {
  @Field(() => Date, {
    description: 'The instant at which it was counted. Answers with the same instant are of the same count.',
  })
  asOf: Date;
  @Field(() => Int, {
    description:
      'How long a place that fell free may still be counted as taken, or one just taken as free, in seconds. Holding it is what makes sure.',
  })
  maxStalenessSeconds: number;
  @Field(() => [AvailableSession], {
    description: 'The sessions by day, then distance or facility, then hour.',
  })
  sessions: AvailableSession[];
  @Field(() => Boolean, { description: 'Whether there are more than are shown: ask about less.' })
  more: boolean;
}

@InputType('NearInput', { description: 'Around a point (WGS 84).' })
export class NearGraphqlInput {
  @Field(() => Float, { description: 'Degrees north.' })
  @Min(-90)
  @Max(90)
  latitude: number;
  @Field(() => Float, { description: 'Degrees east.' })
  @Min(-180)
  @Max(180)
  longitude: number;
  @Field(() => Float, { description: 'Within how many kilometres, at most 100.' })
  @Min(0.1)
  @Max(100)
  km: number;
}

@InputType('AvailabilityInput', {
  description: 'Where (exactly one of near, areaId, postalCode, facilityId), when and for whom.',
})
export class AvailabilityGraphqlInput {
  @Field(() => NearGraphqlInput, { nullable: true, description: 'Around a point.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => NearGraphqlInput)
  near?: NearGraphqlInput | null;
  @Field(() => ID, { nullable: true, description: 'In an area or any area in it.' })
  areaId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'At facilities with this postal code, or in the smallest area that the code belongs to.',
  })
  @IsOptional()
  @Length(1, 20)
  postalCode?: string | null;
  @Field(() => ID, { nullable: true, description: 'At one facility.' })
  facilityId?: string | null;
  @Field(() => DateScalar, { description: 'First day.' })
  from: string;
  @Field(() => Int, { defaultValue: 7, description: 'How many days, 1 to 7.' })
  @Min(1)
  @Max(7)
  days: number;
  @Field(() => ID, { nullable: true, description: 'Where this product is given.' })
  product?: string | null;
  @Field(() => Int, { nullable: true, description: 'For this dose number.' })
  @IsOptional()
  @Min(1)
  @Max(20)
  doseNumber?: number | null;
  @Field(() => String, { nullable: true, description: 'For somebody of this age today, e.g. `9 months`.' })
  @IsOptional()
  @Length(1, 40)
  age?: string | null;
}

@InputType('PersonToBookInput', { description: 'Who needs a place, and for what.' })
export class PersonToBookGraphqlInput {
  @Field(() => ID, { description: 'The person.' })
  personId: string;
  @Field(() => [ID], { description: 'Codes of the products she comes for; the session must give them.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  products: string[];
  @Field(() => Int, { nullable: true, description: 'Which dose, needed when the session counts by dose.' })
  @IsOptional()
  @Min(1)
  @Max(20)
  doseNumber?: number | null;
}

@InputType('HoldPlacesInput', { description: 'Places to be kept for people who come together.' })
export class HoldPlacesGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => [PersonToBookGraphqlInput], { description: 'The people; all get a place or none does.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(FAMILY)
  @ValidateNested({ each: true })
  @Type(() => PersonToBookGraphqlInput)
  people: PersonToBookGraphqlInput[];
  @Field(() => String, { nullable: true, description: DEVICE })
  @IsOptional()
  @Matches(DEVICE_NAME)
  device?: string | null;
}

@InputType('ConfirmAppointmentInput', { description: 'A hold to be made an appointment.' })
export class ConfirmAppointmentGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The booking that `holdPlaces` gave.' })
  bookingId: string;
  @Field(() => String, {
    description: 'A key of the client’s own, 8 to 100 characters: the same key acts once.',
  })
  idempotencyKey: string;
}

@InputType('RescheduleAppointmentInput', {
  description: 'People of a booking who come to another session instead.',
})
export class RescheduleAppointmentGraphqlInput {
  @Field(() => ID, { description: 'The facility of the booking.' })
  facilityId: string;
  @Field(() => ID, { description: 'The booking.' })
  bookingId: string;
  @Field(() => [ID], { nullable: true, description: 'Which people of it; all when left out.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(FAMILY)
  personIds?: string[] | null;
  @Field(() => ID, { description: 'The facility of the other session.' })
  toFacilityId: string;
  @Field(() => ID, { description: 'The other session.' })
  toSessionId: string;
  @Field(() => String, { nullable: true, description: DEVICE })
  @IsOptional()
  @Matches(DEVICE_NAME)
  device?: string | null;
  @Field(() => String, {
    description: 'A key of the client’s own, 8 to 100 characters: the same key acts once.',
  })
  idempotencyKey: string;
}

@InputType('CancelAppointmentInput', { description: 'People of a booking who will not come.' })
export class CancelAppointmentGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The booking, held or confirmed.' })
  bookingId: string;
  @Field(() => [ID], { nullable: true, description: 'Which people of it; all when left out.' })
  @IsOptional()
  @ArrayMinSize(1)
  @ArrayMaxSize(FAMILY)
  personIds?: string[] | null;
}

@InputType('CheckInInput', {
  description: 'Somebody came: her code, or (when she has none with her) her person and the reason.',
})
export class CheckInGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session.' })
  sessionId: string;
  @Field(() => String, { nullable: true, description: 'The code that she says.' })
  @IsOptional()
  @Length(1, 20)
  code?: string | null;
  @Field(() => ID, { nullable: true, description: 'Instead of the code: who she is.' })
  personId?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why there is no code; each such check-in is counted.',
  })
  @IsOptional()
  @Length(3, 300)
  overrideReason?: string | null;
}

@InputType('AdmitWalkInInput', { description: 'Somebody came without an appointment.' })
export class AdmitWalkInGraphqlInput {
  @Field(() => ID, { description: 'The facility.' })
  facilityId: string;
  @Field(() => ID, { description: 'The session of today.' })
  sessionId: string;
  @Field(() => PersonToBookGraphqlInput, { description: 'Who, and for what.' })
  @ValidateNested()
  @Type(() => PersonToBookGraphqlInput)
  person: PersonToBookGraphqlInput;
}
