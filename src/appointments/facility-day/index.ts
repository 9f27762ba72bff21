import { Arrivals } from './arrivals';
import { CallParty } from './call-party';
import { CloseQueue } from './close-queue';
import { EndVisits } from './end-visits';
import { JoinQueue } from './join-queue';
import { KeepQueue } from './keep-queue';
import { KeepTime } from './keep-time';
import { MoveVisits } from './move-visits';
import { PutBack } from './put-back';
import { QueueRefusals } from './queue.refusals';
import { QueueResolver } from './queue.resolver';
import { QueueStore } from './queue.store';
import { ReadQueue } from './read-queue';
import { ServeVisits } from './serve-visits';
import { VerifyVisits } from './verify-visits';
import { VisitsOfDoses } from './visits-of-doses';

/** The parts of a facility's day, for the module of appointments. */
export const facilityDay = [
  Arrivals,
  CallParty,
  CloseQueue,
  EndVisits,
  JoinQueue,
  KeepQueue,
  KeepTime,
  MoveVisits,
  PutBack,
  QueueRefusals,
  QueueResolver,
  QueueStore,
  ReadQueue,
  ServeVisits,
  VerifyVisits,
  VisitsOfDoses,
];

export { VisitsOfDoses };
