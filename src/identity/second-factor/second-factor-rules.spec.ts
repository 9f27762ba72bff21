import { STAFF_ROLES } from '../../platform/access';
import { nextStep, rolesThatNeedOne } from './second-factor-rules';

const real = { sandbox: false };

describe('the roles that need a second factor', () => {
  it('are all of a country’s, until it names some', () => {
    expect(rolesThatNeedOne(null, real)).toEqual([...STAFF_ROLES].sort());
  });

  it('are administrators’ whatever a country names', () => {
    const need = rolesThatNeedOne([], real);

    expect(need).toEqual(
      expect.arrayContaining(['auditor', 'configuration-admin', 'user-admin', 'data-protection-officer']),
    );
    expect(need).not.toContain('vaccinator');
    expect(rolesThatNeedOne(['vaccinator'], real)).toEqual([...need, 'vaccinator'].sort());
  });

  it('are those that it names, in a sandbox', () => {
    expect(rolesThatNeedOne(null, { sandbox: true })).toEqual([]);
    expect(rolesThatNeedOne(['auditor'], { sandbox: true })).toEqual(['auditor']);
  });
});

describe('what is next for who proved her password', () => {
  it('is to set a second factor up, for every role of a country that said nothing', () => {
    const next = STAFF_ROLES.map(role =>
      nextStep({ isSetUp: false, roles: [role], need: rolesThatNeedOne(null, real) }),
    );

    expect(new Set(next)).toEqual(new Set(['SET_UP_SECOND_FACTOR']));
  });
});
