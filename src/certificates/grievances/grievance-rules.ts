import { proves } from '../details/detail-rules';
import type { Evidence, GrievanceFacts, GrievanceKind, GrievanceRow } from './grievance';

type Fact = keyof GrievanceFacts;

/** What a case of each kind says: all of `needs`, and at least one of `oneOf` where there are some; nothing else. */
const SAYS: Readonly<Record<GrievanceKind, { needs: readonly Fact[]; oneOf: readonly Fact[] }>> = {
  'wrong-details': { needs: [], oneOf: ['name', 'birthDate', 'sex'] },
  'doses-of-two-records': { needs: ['otherCode'], oneOf: [] },
  'add-passport': { needs: ['passportNumber'], oneOf: [] },
  'add-birth-date': { needs: [], oneOf: [] },
  'unknown-member': { needs: [], oneOf: [] },
  'move-member': { needs: ['toPersonId'], oneOf: [] },
  'issue-again': { needs: [], oneOf: [] },
  'wrong-dose': { needs: ['vaccinationId'], oneOf: ['givenOn', 'lotId'] },
  'dose-not-given': { needs: ['vaccinationId'], oneOf: [] },
};

/** A passport or a whole birth date is added, and a name or birth date corrected, on sight of a document. */
const PROVED_BY: Partial<Record<GrievanceKind, (seen: Evidence) => boolean>> = {
  'add-passport': seen => proves('passport', seen),
  'add-birth-date': seen => proves('birth-date', seen),
  'wrong-details': seen => proves('birth-date', seen),
};

/** Whether a case says what its kind needs, and was shown what proves it. `own`: the holder raises it herself. */
export function isWellRaised(
  kind: GrievanceKind,
  facts: GrievanceFacts & { evidence: Evidence },
  own: boolean,
): boolean {
  const { needs, oneOf } = SAYS[kind];
  const said = (Object.keys(facts) as Fact[]).filter(
    fact => (fact as string) !== 'evidence' && facts[fact] !== null && facts[fact] !== undefined,
  );
  if (needs.some(fact => !said.includes(fact))) return false;
  if (oneOf.length > 0 && !oneOf.some(fact => said.includes(fact))) return false;
  if (said.some(fact => !needs.includes(fact) && !oneOf.includes(fact))) return false;
  // Only an account can say whom it does not know
  if (kind === 'unknown-member' && !own) return false;
  return PROVED_BY[kind]?.(facts.evidence) ?? true;
}

/** Whoever took a case in does not decide it (ROLES, segregation): a holder's own case any member of staff may. */
export const mayDecide = ({ raisedKind, raisedBy }: GrievanceRow, staffId: string): boolean =>
  raisedKind !== 'staff' || raisedBy !== staffId;
