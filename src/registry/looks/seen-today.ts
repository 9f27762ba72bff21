import type { Look, LookMark } from './look';
import type { LookDay } from './looks.store';

/** How many are remembered in one process: a few megabytes. */
const MOST = 20_000;

/**
 * Whom somebody was shown today, as this process knows: shown once, a person is not counted again that day, and opening
 * her doses after her record costs nothing. Forgotten is counted once more, which changes no number.
 */
export class SeenToday {
  private readonly marks = new Map<string, LookMark>();

  /** The mark of a look when all its persons were counted before; null when somebody was not. */
  markOf(tenant: string, day: LookDay, look: Look): LookMark | null {
    const marks = look.personIds.map(id => this.marks.get(keyOf(tenant, day, look, id)));
    return marks.every(mark => mark !== undefined) ? Object.assign({}, ...marks) : null;
  }

  add(tenant: string, day: LookDay, look: Look, mark: LookMark): void {
    for (const id of look.personIds) this.marks.set(keyOf(tenant, day, look, id), mark);
    for (const oldest of this.marks.keys()) {
      if (this.marks.size <= MOST) break;
      this.marks.delete(oldest);
    }
  }
}

const keyOf = (tenant: string, { staffId, day }: LookDay, { facilityId }: Look, personId: string): string =>
  `${tenant} ${day} ${staffId} ${facilityId} ${personId}`;
