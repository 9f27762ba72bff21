/** Where a member of staff stands, and whom she would be shown. */
export interface Look {
  facilityId: string;
  personIds: readonly string[];
}

/** What the trail says of a look beside what it always says: the glass that was broken for it. */
export type LookMark = { breakGlass?: string };
