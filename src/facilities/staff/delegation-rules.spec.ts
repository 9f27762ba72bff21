import { STAFF_ROLES } from '../../platform/access';
import { canReach, isOwnStaff } from './delegation-rules';

describe('a role', () => {
  it('that configures or audits the country is given for the whole country only', () => {
    const reaches = (['country', 'area', 'facility'] as const).map(kind => canReach('auditor', kind));

    expect(reaches).toEqual([true, false, false]);
  });

  it('of those who manage an area is given for an area or the country, at no single place', () => {
    const reaches = (['country', 'area', 'facility'] as const).map(kind =>
      canReach('district-manager', kind),
    );

    expect(reaches).toEqual([true, true, false]);
  });

  it('that whoever runs a place may give is one that can be given at a place', () => {
    const own = STAFF_ROLES.filter(role => isOwnStaff(role, 'facility'));

    expect(own).toEqual([
      'facilitator',
      'facility-admin',
      'hub-sorter',
      'lab-scientist',
      'registrar',
      'store-keeper',
      'vaccinator',
    ]);
    expect(own.every(role => canReach(role, 'facility'))).toBe(true);
    expect(STAFF_ROLES.some(role => isOwnStaff(role, 'area') || isOwnStaff(role, 'country'))).toBe(false);
  });
});
