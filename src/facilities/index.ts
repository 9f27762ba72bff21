export { Areas } from './areas/areas';
export type { AreaRow } from './areas/areas.store';
export { FacilitiesModule } from './facilities.module';
export { FacilitiesStore, type FacilityRow } from './places/facilities.store';
export { type FacilityPlace, Places } from './places/places';
export { type PoolCount, type SessionRow, SessionsStore } from './sessions/sessions.store';
