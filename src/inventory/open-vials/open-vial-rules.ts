import type { CivilDate } from '../../common';
import { addTo, startOfDay } from '../../common';

const HOUR_MS = 3_600_000;
/** A vial that may be open for so long outlives the session that opened it. */
const KEPT_FROM_HOURS = 24;

/**
 * The instant from which an opened vial must not be used: so many hours after it was opened, as its product says
 * (WHO policy statement on multi-dose vials, WHO/IVB/14.07: 6 hours, or 28 days), and never after the lot's last day.
 */
export function useBy(openedAt: Date, openVialHours: number, expiresOn: CivilDate, timeZone: string): Date {
  const hoursOver = openedAt.getTime() + openVialHours * HOUR_MS;
  const lotOver = startOfDay(addTo(expiresOn, '1 day'), timeZone).getTime();
  return new Date(Math.min(hoursOver, lotOver));
}

/** Whether a vial may go back to the refrigerator after a session; if not, it is discarded then, however young (ibid.). */
export const outlivesSession = (openVialHours: number | null): boolean =>
  openVialHours !== null && openVialHours >= KEPT_FROM_HOURS;

/** A vial as far as what is left at the end of a session is shared out. */
export interface VialSpace {
  id: string;
  doses: number;
}

/**
 * How the doses that came back open lie in the vials of a session: vials that can be used longest, given first, are
 * full first. `over` is what these vials cannot hold: it lies in vials that nobody had reported as opened.
 */
export function shareOut(
  returned: number,
  vials: readonly VialSpace[],
): { left: Map<string, number>; over: number } {
  let over = returned;
  const left = new Map<string, number>();
  for (const { id, doses } of vials) {
    const here = Math.min(over, doses);
    left.set(id, here);
    over -= here;
  }
  return { left, over };
}
