import { Global, Module } from '@nestjs/common';
import { AdmitWalkIn } from './admit-walk-in';
import { allocation } from './allocation';
import { AppointmentsResolver } from './appointments.resolver';
import { AppointmentsStore } from './appointments.store';
import { Attendance } from './attendance';
import { Availabilities, AvailabilityController } from './availability';
import { BookingCaps } from './caps/booking-caps';
import { BookingView } from './booking-view';
import { CancelAppointment } from './cancel-appointment';
import { CheckIn } from './check-in';
import { CheckInCodes } from './check-in-codes';
import { facilityDay, VisitsOfDoses } from './facility-day';
import { ConfirmAppointment } from './confirm-appointment';
import { HinderErasure } from './hinder-erasure';
import { HoldPlaces } from './hold-places';
import { KeepPlace } from './keep-place';
import { ForgetOrigins } from './caps/forget-origins';
import { OriginsStore } from './caps/origins.store';
import { ReadAppointments } from './read-appointments';
import { relocation } from './relocation';
import { RescheduleAppointment } from './reschedule-appointment';
import { Seating } from './seating';
import { SweepExpiredHolds } from './sweep-expired-holds';
import { TellHolder } from './tell-holder';

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
