import { Global, Module } from '@nestjs/common';
import { AdmitWalkIn } from './attendance/admit-walk-in';
import { allocation } from './allocation';
import { AppointmentsResolver } from './appointments.resolver';
import { AppointmentsStore } from './appointments.store';
import { Attendance } from './attendance/attendance';
import { Availabilities, AvailabilityController } from './availability';
import { BookingCaps } from './caps/booking-caps';
import { BookingView } from './booking/booking-view';
import { CancelAppointment } from './booking/cancel-appointment';
import { CheckIn } from './attendance/check-in';
import { CheckInCodes } from './attendance/check-in-codes';
import { facilityDay, VisitsOfDoses } from './facility-day';
import { ConfirmAppointment } from './booking/confirm-appointment';
import { HinderErasure } from './hinder-erasure';
import { HoldPlaces } from './booking/hold-places';
import { KeepPlace } from './booking/keep-place';
import { ForgetOrigins } from './caps/forget-origins';
import { OriginsStore } from './caps/origins.store';
import { ReadAppointments } from './read-appointments';
import { relocation } from './relocation';
import { RescheduleAppointment } from './booking/reschedule-appointment';
import { Seating } from './booking/seating';
import { SweepExpiredHolds } from './booking/sweep-expired-holds';
import { TellHolder } from './booking/tell-holder';

@Global()
@Module({
  controllers: [AvailabilityController],
  providers: [
    ...allocation,
    ...relocation,
    ...facilityDay,
    AdmitWalkIn,
    AppointmentsResolver,
    AppointmentsStore,
    Attendance,
    Availabilities,
    BookingCaps,
    BookingView,
    CancelAppointment,
    CheckIn,
    CheckInCodes,
    ConfirmAppointment,
    HinderErasure,
    HoldPlaces,
    KeepPlace,
    ForgetOrigins,
    OriginsStore,
    ReadAppointments,
    RescheduleAppointment,
    Seating,
    SweepExpiredHolds,
    TellHolder,
  ],
  exports: [Attendance, KeepPlace, VisitsOfDoses],
})
export class AppointmentsModule {}
