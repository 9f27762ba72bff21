/** What was done to which record. `detail` holds codes and counts only, never a name, birth date or identifier. */
export interface AuditedAct {
  /** The verb, as the permission table names it, e.g. `vaccination.record`. */
  action: string;
  resource: { type: string; id: string | null };
  /** The person whose record was written or read. */
  personId?: string;
  /** Where the actor stood. */
  facilityId?: string;
  detail?: Record<string, unknown>;
}
