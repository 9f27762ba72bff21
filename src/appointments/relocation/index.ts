import { FindPlaces } from './find-places';
import { MoveDisplaced } from './move-displaced';
import { PlaceWaiting } from './place-waiting';
import { PreviewRelocation } from './preview-relocation';
import { RelocateAppointments } from './relocate-appointments';
import { RelocationResolver } from './relocation.resolver';
import { RelocationStore } from './relocation.store';

/** The parts of relocation, for the module of appointments. */
export const relocation = [
  FindPlaces,
  MoveDisplaced,
  PlaceWaiting,
  PreviewRelocation,
  RelocateAppointments,
  RelocationResolver,
  RelocationStore,
];
