export { Appointment } from './appointment.graphql';
export { AppointmentsModule } from './appointments.module';
export { Attendance, type Expected } from './attendance/attendance';
export { VisitsOfDoses } from './facility-day';
export { KeepPlace } from './booking/keep-place';
