export { Availabilities } from './availability';
export { AvailabilityController } from './availability.controller';
