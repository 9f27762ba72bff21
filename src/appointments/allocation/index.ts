import { AlertsResolver } from './alerts.resolver';
import { AlertsStore } from './alerts.store';
import { AllocationResolver } from './allocation.resolver';
import { AnnounceDraw } from './announce-draw';
import { DrawLots } from './draw-lots';
import { DrawsStore } from './draws.store';
import { EnterDraw } from './enter-draw';
import { KeepDraws } from './keep-draws';
import { OfferPlaces } from './offer-places';
import { ReadDraws } from './read-draws';
import { TellWatchers } from './tell-watchers';
import { TellWinner } from './tell-winner';
import { WaitToBook } from './wait-to-book';
import { WaitingRoomResolver } from './waiting-room.resolver';
import { WaitingRoomStore } from './waiting-room.store';
import { WatchPlaces } from './watch-places';

/** The parts of fair allocation, for the module of appointments. */
export const allocation = [
  AlertsResolver,
  AlertsStore,
  AllocationResolver,
  AnnounceDraw,
  DrawLots,
  DrawsStore,
  EnterDraw,
  KeepDraws,
  OfferPlaces,
  ReadDraws,
  TellWatchers,
  TellWinner,
  WaitToBook,
  WaitingRoomResolver,
  WaitingRoomStore,
  WatchPlaces,
];

export { WaitToBook };
