import { TOTP } from 'otpauth';
import type { Caller } from '../../../harness/service';
import { inhabitEntrance } from './entrance';
import type { Home, Life } from './life';

const SIGN_IN = `mutation ($input: SignInStaffInput!) { signInStaff(input: $input) { __typename } }`;

/** Staff come, sign in, change what may be changed, and leave. */
export async function inhabitStaff(
  life: Life,
  { languages, areaId, facilityId }: Pick<Home, 'languages' | 'areaId' | 'facilityId'>,
): Promise<Pick<Home, 'nurseId'>> {
  const { service, tenant, word, callers, key, ask, tell, expecting, outbox, secrets } = life;
  const { id: nurseId } = await tell('staff', 'inviteStaff', {
    email: `nurse@${tenant.code}.example`,
    name: `${word} Nurse`,
    roles: [
      { role: 'vaccinator', facilityId },
      { role: 'registrar', facilityId },
    ],
  });
  await service.carryFacts();
  const invitation = /([A-Za-z0-9_-]{32})\s*$/.exec((await outbox()).at(-1)!)![1]!;
  await tell('anonymous', 'acceptStaffInvitation', {
    token: invitation,
    password: `${word}-long-password-1`,
  });
  const entered = await tell('anonymous', 'signInStaff', {
    email: `nurse@${tenant.code}.example`,
    password: `${word}-long-password-1`,
  });
  const mistyped = { email: `nobody@${tenant.code}.example`, password: `${word} wrong` };
  await service.graphql(SIGN_IN, { input: mistyped }, callers.anonymous); // a try that is counted
  const nurseAtWork: Caller = { tenant: tenant.code, token: entered.token };
  const { clerkId } = await inhabitEntrance(life, { facilityId, languages }, nurseAtWork);
  await ask('staff', 'signOutStaff', { staffId: nurseId });
  await tell('staff', 'changePassword', {
    current: `${word} first password`,
    password: `${word} other password`,
  });
  await tell('staff', 'setRegistryLimits', { looksPerDay: 60 });
  await ask('staff', 'registryLimits');
  await tell('staff', 'setSignInCodeBudget', { priceOfText: 2 });
  await ask('staff', 'signInCodeBudget');
  await ask('staff', 'setSecondFactorRoles', { roles: ['auditor'] });
  await ask('staff', 'setKeyBoundSignIns', { kinds: [] });
  await ask('staff', 'keyBoundSignIns');
  await ask('staff', 'rotateDataKey', key());
  await ask('staff', 'rotateIndexKey', key());
  await ask('staff', 'indexKeys');
  const { secret } = await ask('staff', 'beginAuthenticator');
  await ask('staff', 'setUpAuthenticator', { code: new TOTP({ secret }).generate() });
  await ask('staff', 'resetSecondFactor', { staffId: clerkId });
  const { id: leaverId } = await tell('staff', 'inviteStaff', {
    email: `leaver@${tenant.code}.example`,
    name: `${word} Leaver`,
    roles: [
      { role: 'registrar', facilityId },
      { role: 'vaccinator', facilityId },
    ],
  });
  const { rolesAsked } = await tell('staff', 'inviteStaff', {
    email: `manager@${tenant.code}.example`,
    name: `${word} Manager`,
    roles: [{ role: 'district-manager', areaId }],
  });
  await ask('staff', 'roleRequests', { state: 'ASKED', first: 3 });
  await expecting('RoleNeedsSecondPerson', 'staff', 'decideRoleRequest', {
    requestId: rolesAsked[0].id,
    approved: true,
  });
  await tell('staff', 'endStaffRoles', { staffId: leaverId, roles: [{ role: 'vaccinator', facilityId }] });
  secrets.push(invitation);
  return { nurseId: nurseId as string };
}
