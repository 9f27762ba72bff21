import { createUnionType, Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateScalar, ID, Refusal } from '../platform/graphql';
import { WaitYourTurn } from './allocation/waiting-room/waiting-room.graphql';
import { Appointment, AvailableSession, Booking } from './appointment.graphql';

@ObjectType({ implements: () => [Refusal], description: 'There are not enough places; nobody got one.' })
export class SessionFull implements Refusal {
  message: string;
  @Field(() => [AvailableSession], {
    description: 'The next sessions near there that have enough, at most three.',
  })
  alternatives: AvailableSession[];
}

export type CapOn = 'ACCOUNT' | 'DEVICE' | 'NETWORK';
export const CapOnEnum = {
  ACCOUNT: 'ACCOUNT',
  DEVICE: 'DEVICE',
  NETWORK: 'NETWORK',
} as const satisfies Record<CapOn, CapOn>;
registerEnumType(CapOnEnum, {
  name: 'CapOn',
  description: 'What a cap counts the places of.',
  valuesMap: {
    ACCOUNT: { description: 'The account that books.' },
    DEVICE: { description: 'The device that it is booked from.' },
    NETWORK: { description: 'The network that it is booked from.' },
  },
});

@ObjectType({
  implements: () => [Refusal],
  description:
    'The account, device or network would have more places of the session than it may. Staff can book for people who cannot themselves.',
})
export class TooManyPlaces implements Refusal {
  message: string;
  @Field(() => CapOnEnum, { description: 'Which of them.' })
  on: CapOn;
  @Field(() => Int, { description: 'The most places that it may have.' })
  most: number;
}

@ObjectType({ implements: () => [Refusal], description: 'Places cannot be booked yet.' })
export class NotOpenYet implements Refusal {
  message: string;
  @Field(() => Date, { description: 'From when they can.' })
  opensAt: Date;
}

@ObjectType({ implements: () => [Refusal], description: 'The session is over or was closed.' })
export class SessionOver implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'The session will not be held.' })
export class SessionCancelled implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'She has an open appointment for the same vaccine.' })
export class AlreadyBooked implements Refusal {
  message: string;
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => ID, { description: 'Where that appointment is; confirm, move or cancel it.' })
  facilityId: string;
  @Field(() => ID, { description: 'Its booking.' })
  bookingId: string;
}

@ObjectType({ implements: () => [Refusal], description: 'The session is for people of another age.' })
export class TooYoungOrOld implements Refusal {
  message: string;
  @Field(() => ID, { description: 'Who.' })
  personId: string;
  @Field(() => String, { nullable: true, description: 'From this age on.' })
  minAge: string | null;
  @Field(() => String, { nullable: true, description: 'Below this age.' })
  maxAge: string | null;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'The places were not confirmed in time; hold some again.',
})
export class HoldExpired implements Refusal {
  message: string;
}

@ObjectType({ implements: () => [Refusal], description: 'No appointment of this session has the code.' })
export class WrongCode implements Refusal {
  message: string;
  @Field(() => Int, {
    description: 'How many codes may still be tried; with none, name the person and the reason.',
  })
  triesLeft: number;
}

@ObjectType({ implements: () => [Refusal], description: 'The session is not today.' })
export class NotToday implements Refusal {
  message: string;
  @Field(() => DateScalar, { description: 'Its day.' })
  date: string;
}

@ObjectType({
  implements: () => [Refusal],
  description: 'She has no appointment in this session; admit her as a walk-in.',
})
export class NoAppointment implements Refusal {
  message: string;
}

export const HoldPlacesResult = createUnionType({
  name: 'HoldPlacesResult',
  description: 'The places held, or why there are none.',
  types: () =>
    [
      Booking,
      SessionFull,
      NotOpenYet,
      SessionOver,
      SessionCancelled,
      AlreadyBooked,
      TooYoungOrOld,
      TooManyPlaces,
      WaitYourTurn,
    ] as const,
});

export const ConfirmAppointmentResult = createUnionType({
  name: 'ConfirmAppointmentResult',
  description: 'The appointments with their codes, or why there are none.',
  types: () => [Booking, HoldExpired, SessionCancelled] as const,
});

export const RescheduleAppointmentResult = createUnionType({
  name: 'RescheduleAppointmentResult',
  description: 'The new appointments; or why everything stays as it was.',
  types: () =>
    [
      Booking,
      SessionFull,
      NotOpenYet,
      SessionOver,
      SessionCancelled,
      AlreadyBooked,
      TooYoungOrOld,
      TooManyPlaces,
    ] as const,
});

export const CheckInResult = createUnionType({
  name: 'CheckInResult',
  description: 'The appointment of who came, or why she was not checked in.',
  types: () => [Appointment, WrongCode, NoAppointment, NotToday, SessionCancelled] as const,
});

export const AdmitWalkInResult = createUnionType({
  name: 'AdmitWalkInResult',
  description: 'The place of who came, or why she has none.',
  types: () =>
    [
      Appointment,
      SessionFull,
      NotToday,
      SessionOver,
      SessionCancelled,
      TooYoungOrOld,
      AlreadyBooked,
    ] as const,
});
