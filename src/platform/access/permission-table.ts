/**
 * Who may do what: the one table, from ROLES.md. A permission is `<what>.<verb>`; each lists the roles that hold
 * it, and a role holds it where it was granted (country, area, facility, or a citizen's own people) and nowhere
 * else. What is not in the table is forbidden.
 */
const table = {
  // platform plane
  'tenant.invite': ['operator'],
  'tenant.read': ['operator', 'signatory'],
  'tenant.change-state': ['operator'],
  'tenant.request-ending': ['operator'],
  'tenant.decide-ending': ['operator'],
  'agreement.accept': ['signatory'],

  // a country's configuration
  'pack.draft': ['configuration-admin', 'programme-admin'],
  'pack.publish': ['configuration-admin', 'programme-admin'],
  'pack.read': ['configuration-admin', 'programme-admin', 'auditor'],
  'text.change': ['configuration-admin'],
  'language.add': ['configuration-admin'],

  'data-key.rotate': ['configuration-admin'],

  // places and staff
  'staff.invite': ['user-admin', 'facility-admin'],
  'staff.invite-any-role': ['user-admin'],
  'staff.decide-role': ['user-admin'],
  'staff.name-user-admin': [], // from the command line
  'staff.end-roles': ['user-admin', 'facility-admin'],
  'staff.end-any-role': ['user-admin'],
  'staff.read': ['user-admin', 'facility-admin', 'auditor'],
  'staff.suspend': ['user-admin'],
  'staff.sign-out': ['user-admin', 'facility-admin'],
  'staff.reset-second-factor': ['user-admin'],
  'second-factor.configure': ['configuration-admin'],
  'issuer.configure': ['configuration-admin'],
  'sign-in-code.configure': ['configuration-admin'],
  'facility.register': ['configuration-admin', 'district-manager'],
  'facility.import': ['configuration-admin', 'district-manager'],
  'facility.change': ['configuration-admin', 'district-manager', 'facility-admin'],
  'session.plan': ['district-manager', 'facility-admin'],
  'session.read': ['district-manager', 'facility-admin', 'registrar', 'vaccinator'],
  'session.pack': ['vaccinator'],
  'session.change': ['district-manager', 'facility-admin'],

  // partners: programs of other organisations, each over its own
  'partner.register': ['configuration-admin'],
  'partner.certify': ['configuration-admin', 'programme-admin'],
  'partner.suspend': ['configuration-admin', 'data-protection-officer'],
  'partner.read': ['configuration-admin', 'programme-admin', 'data-protection-officer', 'auditor'],
  'consignment.order': ['partner-orders'],
  'event.capture': ['partner-events'],
  'event.read': ['partner-events'],
  'webhook.manage': ['partner-webhooks'],

  // people
  'person.register-own': ['citizen'],
  'person.register-assisted': ['registrar', 'facilitator'],
  'person.read-own': ['citizen'],
  'person.find': ['registrar', 'vaccinator', 'call-centre-agent', 'data-steward'],
  'person.read': ['registrar', 'vaccinator'],
  'person.change': ['registrar', 'data-steward'],
  'consent.give-own': ['citizen'],
  'consent.give-assisted': ['registrar', 'facilitator'],
  'registry.configure': ['configuration-admin'],

  // privacy
  'privacy.read': ['data-protection-officer', 'auditor', 'configuration-admin'],
  'privacy.configure': ['data-protection-officer'],
  'erasure.request-own': ['citizen'],
  'erasure.request': ['data-protection-officer', 'data-steward'],
  'erasure.decide': ['data-protection-officer'],
  'legal-hold.place': ['data-protection-officer'],
  'legal-hold.lift': ['data-protection-officer'],
  'look.break-glass': ['registrar', 'vaccinator', 'call-centre-agent', 'data-steward'],
  'look.review': ['data-protection-officer'],
  'look.object': ['citizen'],
  'extract.request': ['analyst'],
  'extract.decide': ['data-protection-officer'],
  'extract.read': ['analyst', 'data-protection-officer'],

  // care
  'forecast.read-own': ['citizen'],
  'forecast.read': ['registrar', 'vaccinator'],
  'forecast.calculate': [
    'registrar',
    'vaccinator',
    'facility-admin',
    'configuration-admin',
    'programme-admin',
  ],
  'appointment.book-own': ['citizen'],
  'appointment.book-assisted': ['registrar', 'call-centre-agent', 'facilitator'],
  'appointment.read': ['registrar', 'vaccinator', 'facility-admin'],
  'appointment.check-in': ['registrar', 'vaccinator'],
  'appointment.relocate': ['district-manager', 'facility-admin'],
  'queue.keep': ['facility-admin', 'registrar', 'vaccinator'],
  'queue.serve': ['registrar', 'vaccinator'],
  'queue.read': ['registrar', 'vaccinator', 'facility-admin'],
  'queue.read-own': ['citizen'],
  'booking.pace': ['configuration-admin', 'programme-admin'],
  'stock.receive': ['store-keeper', 'facility-admin'],
  'stock.hold': ['store-keeper', 'district-manager'],
  'stock.waste': ['store-keeper', 'vaccinator'],
  'stock.read-vvm': ['store-keeper', 'facility-admin', 'vaccinator'],
  'stocktake.count': ['store-keeper', 'facility-admin', 'vaccinator'],
  'stocktake.decide': ['facility-admin', 'district-manager'],
  'stock.destroy': ['store-keeper', 'facility-admin'],
  'stock.witness-destruction': ['store-keeper', 'facility-admin', 'district-manager'],
  'stock.despatch': ['store-keeper'],
  'stock.return': ['store-keeper', 'facility-admin'],
  'stock.request': ['store-keeper', 'facility-admin'],
  'stock.approve': ['store-keeper', 'district-manager', 'logistics-officer'],
  'stock.set-level': ['store-keeper', 'district-manager', 'logistics-officer'],
  'stock.watch': [
    'store-keeper',
    'facility-admin',
    'district-manager',
    'logistics-officer',
    'programme-admin',
  ],
  'stock.open-vial': ['vaccinator'],
  'stock.close-out': ['vaccinator', 'facility-admin'],
  'stock.decide': ['facility-admin', 'district-manager'],
  'stock.read': ['store-keeper', 'facility-admin', 'vaccinator', 'district-manager'],
  'stock.rebuild': [], // the service itself

  // cold chain
  'cold-equipment.register': ['cold-chain-officer', 'facility-admin', 'store-keeper'],
  'cold-equipment.read': [
    'cold-chain-officer',
    'facility-admin',
    'store-keeper',
    'vaccinator',
    'district-manager',
  ],
  'temperature.record': ['cold-chain-officer', 'facility-admin', 'store-keeper', 'temperature-gateway'],
  'temperature.read': [
    'cold-chain-officer',
    'facility-admin',
    'store-keeper',
    'vaccinator',
    'district-manager',
    'temperature-gateway',
  ],
  'temperature.rebuild': [], // the service itself
  'excursion.read': [
    'cold-chain-officer',
    'facility-admin',
    'store-keeper',
    'vaccinator',
    'district-manager',
  ],
  'excursion.decide': ['cold-chain-officer', 'district-manager'],

  // delivery
  'network.change': ['configuration-admin', 'logistics-officer'],
  'network.number': ['configuration-admin'],
  'network.read': [
    'configuration-admin',
    'logistics-officer',
    'hub-sorter',
    'store-keeper',
    'district-manager',
  ],
  'rate.publish': ['configuration-admin', 'logistics-officer'],
  'rate.read': ['configuration-admin', 'logistics-officer', 'programme-admin'],
  'scan.capture': ['hub-sorter', 'courier', 'store-keeper', 'logistics-officer'],
  'unit.read': ['hub-sorter', 'courier', 'store-keeper', 'logistics-officer'],
  'consignment.send': ['logistics-officer', 'store-keeper', 'facility-admin'],
  'consignment.direct': ['logistics-officer', 'store-keeper', 'facility-admin'],
  'consignment.read': ['hub-sorter', 'courier', 'store-keeper', 'facility-admin', 'logistics-officer'],
  'delivery.watch': ['logistics-officer', 'district-manager', 'programme-admin'],
  'unit.rebuild': [], // the service itself

  'stock.recall': ['store-keeper', 'programme-admin'],
  'vaccination.record': ['vaccinator'],
  'vaccination.record-late': ['facility-admin'],
  'vaccination.correct-own': ['vaccinator'],
  'vaccination.correct': ['facility-admin'],
  'vaccination.void-own': ['vaccinator'],
  'vaccination.void': ['facility-admin'],
  'vaccination.read-own': ['citizen'],
  'vaccination.read': ['registrar', 'vaccinator', 'facility-admin'],

  'test-result.record': ['lab-scientist', 'vaccinator', 'facility-admin'],
  'test-result.void': ['lab-scientist', 'facility-admin'],
  'test-result.read': ['lab-scientist', 'registrar', 'facility-admin'],
  'test-result.read-own': ['citizen'],

  'backlog.read': ['facility-admin', 'district-manager'],
  'backlog.dismiss': ['facility-admin'],

  'forecast.rebuild': [], // the service itself
  'due-list.read': ['registrar', 'vaccinator'],
  'programme.simulate': ['configuration-admin', 'programme-admin'],
  'job.read': ['configuration-admin', 'programme-admin'],
  'job.cancel': ['configuration-admin', 'programme-admin'],

  // proof and looking back
  'certificate.read-own': ['citizen'],
  'certificate.read': ['registrar', 'facility-admin'],
  'certificate.print': ['registrar', 'facility-admin'],
  'certificate.state-details': ['registrar', 'facility-admin'],
  'certificate.take-back-details-own': ['citizen'],
  'certificate.raise-grievance-own': ['citizen'],
  'certificate.raise-grievance': ['registrar', 'facility-admin', 'call-centre-agent'],
  'certificate.decide-grievance': ['registrar', 'facility-admin', 'data-steward'],
  'certificate.give-status-consent': ['citizen'],
  'certificate.request-revocation': ['programme-admin', 'store-keeper'],
  'certificate.decide-revocation': ['programme-admin'],
  'certificate.rotate-key': ['configuration-admin'],
  'certificate.trust': ['configuration-admin'],
  'audit.read-own': ['citizen'],
  'audit.read': ['auditor', 'data-protection-officer'],
} as const satisfies Record<string, readonly string[]>;

export type Permission = keyof typeof table;

/** Every role that the table knows, the three that are not staff's included. */
export type Role = (typeof table)[Permission][number];

export const PERMISSIONS: Readonly<Record<Permission, readonly Role[]>> = table;

/** What a partner's program is allowed, one role for each; no person is found or shown by any of them. */
export const PARTNER_ROLES: readonly Role[] = ['partner-orders', 'partner-events', 'partner-webhooks'];

/** Roles that somebody signs in with by another way than as staff. */
const NOT_STAFF: readonly Role[] = ['operator', 'signatory', 'citizen', ...PARTNER_ROLES];

/** The roles that a member of a ministry's staff can be given. */
export const STAFF_ROLES: readonly Role[] = [...new Set(Object.values(table).flat())]
  .filter(role => !NOT_STAFF.includes(role))
  .sort();

/** Every role that holds one of these. A declaration, since the pairs below are made from it at once. */
function rolesOf(...permissions: Permission[]): Role[] {
  return [...new Set(permissions.flatMap(permission => PERMISSIONS[permission]))];
}

/**
 * Pairs of roles that one person must not hold together (ROLES.md §3): whoever sets the rules does not record
 * doses by them, and whoever audits writes nothing.
 */
export const SEPARATED_ROLES: readonly (readonly [Role, Role])[] = [
  ...rolesOf('pack.draft', 'pack.publish').flatMap(rules =>
    rolesOf('vaccination.record', 'vaccination.record-late').map((records): readonly [Role, Role] => [
      rules,
      records,
    ]),
  ),
  ...STAFF_ROLES.filter(role => role !== 'auditor').map((role): readonly [Role, Role] => ['auditor', role]),
];
