import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Page } from '../common';
import { Allow, Public } from '../platform/access';
import { type Context, Ctx } from '../platform/context';
import { ID, PageArgs } from '../platform/graphql';
import { AdmitWalkIn } from './attendance/admit-walk-in';
import { WaitToBook } from './allocation';
import {
  AdmitWalkInGraphqlInput,
  Appointment,
  AppointmentPage,
  Availability,
  AvailabilityGraphqlInput,
  Booking,
  CancelAppointmentGraphqlInput,
  CheckInGraphqlInput,
  ConfirmAppointmentGraphqlInput,
  HoldPlacesGraphqlInput,
  RescheduleAppointmentGraphqlInput,
} from './appointment.graphql';
import {
  AdmitWalkInResult,
  CheckInResult,
  ConfirmAppointmentResult,
  HoldPlacesResult,
  RescheduleAppointmentResult,
} from './appointments.refusals';
import { Availabilities } from './availability';
import { CancelAppointment } from './booking/cancel-appointment';
import { CheckIn } from './attendance/check-in';
import { ConfirmAppointment } from './booking/confirm-appointment';
import { HoldPlaces } from './booking/hold-places';
import { ReadAppointments } from './read-appointments';
import { RescheduleAppointment } from './booking/reschedule-appointment';

@Resolver()
export class AppointmentsResolver {
  constructor(
    private readonly availabilities: Availabilities,
    private readonly hold: HoldPlaces,
    private readonly confirmation: ConfirmAppointment,
    private readonly rescheduling: RescheduleAppointment,
    private readonly cancellation: CancelAppointment,
    private readonly arrival: CheckIn,
    private readonly walkIn: AdmitWalkIn,
    private readonly read: ReadAppointments,
    private readonly waiting: WaitToBook,
  ) {}

  @Public()
  @Query(() => Availability, {
    complexity: ({ childComplexity }) => 20 * childComplexity,
    description:
      'Sessions there in the next days with the places free in each; those full or not open yet too.',
  })
  availability(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, when and for whom.' }) input: AvailabilityGraphqlInput,
  ): Promise<Availability> {
    return this.availabilities.run(ctx, input);
  }

  @Allow('appointment.book-own')
  @Query(() => [Appointment], {
    complexity: 200,
    description:
      'The open appointments of the people whom the citizen acts for, soonest first, with their codes.',
  })
  myAppointments(@Ctx() ctx: Context): Promise<Appointment[]> {
    return this.read.mine(ctx);
  }

  @Allow('appointment.read')
  @Query(() => AppointmentPage, {
    complexity: ({ args, childComplexity }) => Number(args.first) * childComplexity,
    description: 'Who has a place in a session.',
  })
  sessionAppointments(
    @Ctx() ctx: Context,
    @Args() page: PageArgs,
    @Args('facilityId', { type: () => ID, description: 'The facility.' }) facilityId: string,
    @Args('sessionId', { type: () => ID, description: 'The session.' }) sessionId: string,
  ): Promise<Page<Appointment>> {
    return this.read.ofSession(ctx, { facilityId, sessionId }, page);
  }

  @Allow('appointment.book-own', 'appointment.book-assisted')
  @Mutation(() => HoldPlacesResult, {
    description: 'Keeps places for ten minutes for people who come together: for all of them, or for nobody.',
  })
  holdPlaces(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Where, and who.' }) input: HoldPlacesGraphqlInput,
  ): Promise<typeof HoldPlacesResult> {
    return this.waiting.before(ctx, () => this.hold.run(ctx, input));
  }

  @Allow('appointment.book-own', 'appointment.book-assisted')
  @Mutation(() => ConfirmAppointmentResult, {
    description: 'Makes held places appointments, each with its code.',
  })
  confirmAppointment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Which hold.' }) input: ConfirmAppointmentGraphqlInput,
  ): Promise<typeof ConfirmAppointmentResult> {
    return this.confirmation.run(ctx, input);
  }

  @Allow('appointment.book-own', 'appointment.book-assisted')
  @Mutation(() => RescheduleAppointmentResult, {
    description:
      'Moves people of a booking to another session, with new codes; they keep their places until all have new ones.',
  })
  rescheduleAppointment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who moves where.' }) input: RescheduleAppointmentGraphqlInput,
  ): Promise<typeof RescheduleAppointmentResult> {
    return this.rescheduling.run(ctx, input);
  }

  @Allow('appointment.book-own', 'appointment.book-assisted')
  @Mutation(() => Booking, {
    description: 'Gives back the places of some or all people of a booking, at once.',
  })
  cancelAppointment(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who will not come.' }) input: CancelAppointmentGraphqlInput,
  ): Promise<Booking> {
    return this.cancellation.run(ctx, input);
  }

  @Allow('appointment.check-in')
  @Mutation(() => CheckInResult, { description: 'Somebody came to her appointment.' })
  checkIn(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Her code, or who she is and why there is none.' })
    input: CheckInGraphqlInput,
  ): Promise<typeof CheckInResult> {
    return this.arrival.run(ctx, input);
  }

  @Allow('appointment.check-in')
  @Mutation(() => AdmitWalkInResult, { description: 'Somebody came without an appointment.' })
  admitWalkIn(
    @Ctx() ctx: Context,
    @Args('input', { description: 'Who, and for what.' }) input: AdmitWalkInGraphqlInput,
  ): Promise<typeof AdmitWalkInResult> {
    return this.walkIn.run(ctx, input);
  }
}
