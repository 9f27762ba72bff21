export { AppointmentsModule } from './appointments.module';
export { Attendance } from './attendance';
