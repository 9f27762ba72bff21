/** How long a vaccinator may correct or void what she herself recorded. */
export const OWN_ENTRY_HOURS = 24;

/** What may be done to a recorded dose by one member of staff. */
export type ChangeRight = 'yes' | 'window-over' | 'second-person' | 'no';

/** Who first recorded a dose, and when. */
export interface FirstEntry {
  firstRecordedBy: string;
  firstRecordedAt: Date;
}

/** Who asks to change it, and what she may do at the dose's facility. */
export interface Changer {
  id: string;
  /** She may change what anybody recorded there. */
  supervises: boolean;
  /** She may change what she recorded there herself. */
  changesOwn: boolean;
}

/** The last moment at which the one who recorded a dose may change it. */
export const windowEnd = ({ firstRecordedAt }: FirstEntry): Date =>
  new Date(firstRecordedAt.getTime() + OWN_ENTRY_HOURS * 3_600_000);

/** Whoever recorded it corrects it within the window; after that, and for others' entries, whoever supervises. */
export function mayCorrect(entry: FirstEntry, who: Changer, now: Date): ChangeRight {
  if (who.supervises) return 'yes';
  if (!who.changesOwn || entry.firstRecordedBy !== who.id) return 'no';
  return now <= windowEnd(entry) ? 'yes' : 'window-over';
}

/**
 * As {@link mayCorrect}; but after the window two people stand behind a void: nobody voids her own entry (ROLES.md
 * §3.3).
 */
export function mayVoid(entry: FirstEntry, who: Changer, now: Date): ChangeRight {
  const right = mayCorrect(entry, who, now);
  const own = entry.firstRecordedBy === who.id;
  return right === 'yes' && own && now > windowEnd(entry) ? 'second-person' : right;
}
