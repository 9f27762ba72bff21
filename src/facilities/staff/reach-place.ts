import type { Place } from '../../platform/access';
import type { Grant } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { Places } from '../places/places';

/** The place that a reach covers, as permissions are checked against it. Throws NOT_FOUND for one that is not here. */
export async function reachPlace(places: Places, work: UnitOfWork, reach: Grant['reach']): Promise<Place> {
  if (reach.kind === 'facility') return places.of(work, reach.id);
  if (reach.kind === 'area') return { areaIds: await places.areaPath(work, reach.id) };
  return {};
}
