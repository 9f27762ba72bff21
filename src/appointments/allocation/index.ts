import { AlertsResolver } from './alerts/alerts.resolver';
import { AlertsStore } from './alerts/alerts.store';
import { DrawsResolver } from './draws/draws.resolver';
import { AnnounceDraw } from './draws/announce-draw';
import { DrawLots } from './draws/draw-lots';
import { DrawsStore } from './draws/draws.store';
import { EnterDraw } from './draws/enter-draw';
import { KeepDraws } from './draws/keep-draws';
import { OfferPlaces } from './draws/offer-places';
import { ReadDraws } from './draws/read-draws';
import { TellWatchers } from './alerts/tell-watchers';
import { TellWinner } from './draws/tell-winner';
import { WaitToBook } from './waiting-room/wait-to-book';
import { WaitingRoomResolver } from './waiting-room/waiting-room.resolver';
import { WaitingRoomStore } from './waiting-room/waiting-room.store';
import { WatchPlaces } from './alerts/watch-places';

/** The parts of fair allocation, for the module of appointments. */
export const allocation = [
  AlertsResolver,
  AlertsStore,
  DrawsResolver,
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
