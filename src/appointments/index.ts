export {
  appointmentCancelled,
  appointmentConfirmed,
  appointmentMoved,
  type BookingFact,
} from './appointments.events';
export { AppointmentsModule } from './appointments.module';
export { Attendance } from './attendance';
