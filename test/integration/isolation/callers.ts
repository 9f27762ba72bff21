import { newId } from '../../../src/common';
import { PARTNER_ROLES, PERMISSIONS, type Role } from '../../../src/platform/access';
import type { Access } from '../../../src/platform/access/access.decorators';
import type { ActorKind, Grant, TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { type Caller, country, type TestService } from '../../harness/service';

/** Every role that the table of permissions knows. */
export const ROLES: readonly Role[] = [...new Set(Object.values(PERMISSIONS).flat())].sort();

/** How someone with a role signs in, which is what her token says. */
export function kindOf(role: Role): ActorKind {
  if (PARTNER_ROLES.includes(role)) return 'partner';
  return role === 'operator' || role === 'signatory' || role === 'citizen' ? role : 'staff';
}

/** The grant of a role as it is really given: staff for the whole country, a signatory and a citizen for their own. */
export function grantOf(role: Role, ownId: string): Grant {
  const own = role === 'signatory' || role === 'citizen' || PARTNER_ROLES.includes(role);
  return own ? { role, reach: { kind: 'self', id: ownId } } : country(role);
}

/** Someone who holds one role in a tenant, signed in; nobody when the role is null. */
export async function holderOf(service: TestService, tenant: TenantRef, role: Role | null): Promise<Caller> {
  const purpose = 'test';
  if (!role) return { tenant: tenant.code, purpose };
  const id = newId();
  const own = role === 'signatory' ? tenant.code : id;
  if (PARTNER_ROLES.includes(role)) await registeredPartner(service, tenant, id);
  const token = await service.tokenFor(tenant, [grantOf(role, own)], kindOf(role), id);
  return { tenant: tenant.code, token, purpose };
}

/** A certified partner of a country, with a quota that no test comes near and no key. */
export async function registeredPartner(
  service: TestService,
  tenant: TenantRef,
  id: string,
  state = 'PRODUCTION',
): Promise<void> {
  await write(
    service,
    tenant,
    `INSERT INTO partner (id, name, kind, purpose, contact, scopes, requests_per_minute, state, keys, registered_at,
       changed_by, certified_by, certified_at)
     VALUES ($1, 'Partner', 'PLATFORM', 'tests', 'partner@example.org', '{ORDERS,EVENTS,WEBHOOKS}', 1000000, $2, '[]',
       now(), 'one', 'another', now())`,
    [id, state],
  );
}

/**
 * The one rule that the guard keeps: a public operation is for everybody, one about the caller's own account for whoever
 * signed in; any other is for whoever holds a role that one of its declared permissions lists.
 */
export const declares = (access: Access, role: Role | null): boolean =>
  'public' in access ||
  (role !== null &&
    ('signedIn' in access
      ? access.signedIn.includes(kindOf(role))
      : access.permissions.some(permission => PERMISSIONS[permission].includes(role))));

/** Every role of which somebody who holds it may call; none for what is for everybody. */
export const rolesFor = (access: Access): Role[] =>
  'public' in access ? [] : ROLES.filter(role => declares(access, role));
