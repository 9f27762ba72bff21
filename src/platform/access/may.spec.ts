import fc from 'fast-check';
import { systemContext } from '../events';
import { ANONYMOUS, type Context, type Grant } from '../context';
import { isAllowed, may, mayAnywhere, type Place, reachesOf } from './may';
import { type Permission, PERMISSIONS, type Role } from './permission-table';

const ROLES = [...new Set(Object.values(PERMISSIONS).flat())];
const NAMES = Object.keys(PERMISSIONS) as Permission[];
/** Where a grant reaches, and places that are inside one of them, inside none, and unknown. */
const REACHES: Grant['reach'][] = [
  { kind: 'country' },
  { kind: 'area', id: 'north' },
  { kind: 'area', id: 'north-1' },
  { kind: 'facility', id: 'clinic' },
  { kind: 'self', id: 'account' },
];
const PLACES: Place[] = [
  {},
  { facilityId: 'clinic', areaIds: ['north-1', 'north'] },
  { facilityId: 'other', areaIds: ['north-2', 'north'] },
  { facilityId: 'elsewhere', areaIds: ['south'] },
  { areaIds: ['north'] },
  { areaIds: [] },
  { accountId: 'account' },
  { accountId: 'another' },
  { facilityId: 'clinic', areaIds: ['north-1', 'north'], accountId: 'account' },
  { facilityId: 'elsewhere', areaIds: ['south'], accountId: 'account' },
  // What is a name of one thing is not that of another.
  { facilityId: 'north', areaIds: ['clinic', 'account'], accountId: 'clinic' },
];

const as = (grants: Grant[]): Context => ({
  ...systemContext(null),
  actor: { kind: 'staff', id: 'account', grants },
});

/** The rule: somebody may where a grant of hers has a role that the table lists, and reaches the place. */
const rule = (grants: readonly Grant[], permission: Permission, place: Place): boolean =>
  grants.some(({ role, reach }) => {
    if (!(PERMISSIONS[permission] as readonly string[]).includes(role)) return false;
    if (reach.kind === 'country') return true;
    if (reach.kind === 'area') return place.areaIds?.includes(reach.id) ?? false;
    return reach.kind === 'facility' ? place.facilityId === reach.id : place.accountId === reach.id;
  });

describe('who may what where', () => {
  it(`is what the table says, in every one of ${ROLES.length * NAMES.length * REACHES.length * PLACES.length} cells`, () => {
    const wrong: string[] = [];
    for (const role of ROLES)
      for (const reach of REACHES) {
        const ctx = as([{ role, reach }]);
        for (const permission of NAMES)
          for (const place of PLACES)
            if (isAllowed(ctx, permission, place) !== rule([{ role, reach }], permission, place))
              wrong.push(JSON.stringify({ role, reach, permission, place }));
      }

    expect(wrong).toEqual([]);
  });

  it('is no more and no less with several grants together', () => {
    const grant = fc.record({
      role: fc.constantFrom(...ROLES, 'nobody' as Role),
      reach: fc.constantFrom(...REACHES),
    });
    const asked = [
      fc.array(grant, { maxLength: 5 }),
      fc.constantFrom(...NAMES),
      fc.constantFrom(...PLACES),
    ] as const;

    fc.assert(
      fc.property(...asked, (grants, permission, place) => {
        const ctx = as(grants);
        expect(isAllowed(ctx, permission, place)).toBe(rule(grants, permission, place));
        const reached = reachesOf(ctx, permission).map((reach): Grant => ({
          role: PERMISSIONS[permission][0]!,
          reach,
        }));
        expect(rule(reached, permission, place)).toBe(rule(grants, permission, place));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is nothing for who has not signed in, and nothing that is not in the table', () => {
    const nobody = { ...as([]), actor: ANONYMOUS };

    for (const permission of NAMES)
      for (const place of PLACES) expect(() => may(nobody, permission, place)).toThrow('UNAUTHENTICATED');
    for (const role of ROLES)
      expect(isAllowed(as([{ role, reach: { kind: 'country' } }]), 'made.up' as Permission)).toBe(false);
    expect(() => mayAnywhere(as([]), 'person.read')).toThrow('FORBIDDEN');
  });
});
