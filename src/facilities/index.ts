export { sessionCancelled } from './facilities.events';
export { FacilitiesModule } from './facilities.module';
export { NameUserAdmin } from './role-requests/name-user-admin';
export { nameFor } from './names';
export { SessionCapsView } from './sessions/session.graphql';
export { FacilitiesStore } from './places/facilities.store';
export { type Finding, type Look, WriteToStaff } from './staff/write-to-staff';
export { type FacilityPlace, Places } from './places/places';
export { civilNow } from './sessions/civil-now';
export {
  type PlacesMove,
  type PoolKey,
  type SessionKey,
  SessionPlaces,
} from './sessions/session-places.store';
export {
  bookablePool,
  type CivilMoment,
  type Pool,
  type SessionCaps,
  type SessionState,
  sessionState,
} from './sessions/session-rules';
export {
  type OfferedSession,
  type PoolCount,
  type SessionDay,
  type SessionRow,
  SessionsStore,
  type Whereabouts,
} from './sessions/sessions.store';
