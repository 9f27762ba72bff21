import { Global, Module } from '@nestjs/common';
import { AdmitWalkIn } from './admit-walk-in';
import { allocation } from './allocation';
import { AppointmentsResolver } from './appointments.resolver';
import { AppointmentsStore } from './appointments.store';
import { Attendance } from './attendance';
import { Availabilities, AvailabilityController } from './availability';
import { BookingView } from './booking-view';
import { CancelAppointment } from './cancel-appointment';
import { CheckIn } from './check-in';
import { CheckInCodes } from './check-in-codes';
import { ConfirmAppointment } from './confirm-appointment';
import { HoldPlaces } from './hold-places';
import { KeepPlace } from './keep-place';
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
    AdmitWalkIn,
    AppointmentsResolver,
    AppointmentsStore,
    Attendance,
    Availabilities,
    BookingView,
    CancelAppointment,
    CheckIn,
    CheckInCodes,
    ConfirmAppointment,
    HoldPlaces,
    KeepPlace,
    ReadAppointments,
    RescheduleAppointment,
    Seating,
    SweepExpiredHolds,
    TellHolder,
  ],
  exports: [Attendance, KeepPlace],
})
export class AppointmentsModule {}
