import { generateKeyPairSync } from 'node:crypto';
import { TOTP } from 'otpauth';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { KeepDraws } from '../../../src/appointments/allocation/keep-draws';
import { TellWatchers } from '../../../src/appointments/allocation/tell-watchers';
import { hashPassword } from '../../../src/identity/accounts/passwords';
import { KeepWastage } from '../../../src/inventory/wastage/keep-wastage';
import { KeepFigures } from '../../../src/inventory/levels/keep-figures';
import { mondayOf } from '../../../src/delivery/network/week-rules';
import { SealTrail } from '../../../src/audit';
import { PARTNER_ROLES, STAFF_ROLES } from '../../../src/platform/access';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/clinic';
import { base64, fridgeTag2L } from '../../harness/loggers';
import { type Caller, country, type TestService } from '../../harness/service';
import { inhabitEntrance } from './inhabit-entrance';
import { inhabitPrivacy } from './inhabit-privacy';
import type { Operation } from './operations';
import type { Variables } from './variables';

/** One call that a country answered: who made it, with what, and what came back. */
export interface Made {
  operation: string;
  by: 'staff' | 'citizen' | 'anonymous' | 'partner';
  variables: Variables;
}

/** A country that has been lived in: what was asked of it, and its people as callers. */
export interface Inhabited {
  tenant: TenantRef;
  staff: Caller;
  citizen: Caller;
  anonymous: Caller;
  partner: Caller;
  made: Made[];
  /** Codes and tokens that were sent to people of the country. */
  secrets: string[];
  /** The newest genuine certificate of a person there, as its QR code has it; and who that is. */
  certificate: string;
  personId: string;
}

/** Two phone numbers as people write them in the countries of the packs that the tests live in. */
const PHONES: Record<string, [string, string]> = {
  GH: ['0244000001', '0244000002'],
  BD: ['01712000001', '01712000002'],
};

/** A number on a card as each of these countries gives one. */
const CARDS: Record<string, { type: string; value: string }> = {
  GH: { type: 'ghana-card', value: 'GHA-700800900-1' },
  BD: { type: 'nid', value: '7008009001' },
};

type Answer = any; // oxlint-disable-line no-explicit-any -- any operation's

/**
 * Lives in a country through its published operations until nearly every table has rows. `word` marks every text of
 * its own: prose is full of it, and nothing else in the service has it.
 */
export async function inhabit(
  service: TestService,
  tenant: TenantRef,
  operations: readonly Operation[],
  word: string,
): Promise<Inhabited> {
  const made: Made[] = [];
  const id = newId();
  await write(
    service,
    tenant,
    `INSERT INTO staff_account (id, email, name, state, password_hash, created_at)
     VALUES ($1, $2, $3, 'ACTIVE', $4, now())`,
    [
      id,
      `everything@${tenant.code}.example`,
      `${word} Everything`,
      await hashPassword(`${word} first password`),
    ],
  );
  const token = await service.tokenFor(tenant, STAFF_ROLES.map(country), 'staff', id);
  const callers: Record<Made['by'], Caller> = {
    staff: { tenant: tenant.code, token, purpose: 'test' },
    citizen: { tenant: tenant.code, purpose: 'test' },
    anonymous: { tenant: tenant.code, purpose: 'test' },
    partner: { tenant: tenant.code, purpose: 'test' },
  };
  const ask = async (by: Made['by'], name: string, variables: Variables = {}): Promise<Answer> => {
    const operation = operations.find(one => one.name === name)!;
    const answer = await service.graphql(operation.document, variables, callers[by]);
    if (answer.errors) throw new Error(`${name} ${JSON.stringify({ variables, errors: answer.errors })}`);
    made.push({ operation: name, by, variables });
    return answer.data[name];
  };
  const tell = (by: Made['by'], name: string, input: Variables): Promise<Answer> => ask(by, name, { input });
  /** As `tell`, with the answer that was hoped for. */
  const expecting = async (type: string, by: Made['by'], name: string, input: Variables): Promise<Answer> => {
    const answer = await tell(by, name, input);
    if (answer.__typename !== type) throw new Error(`${name} ${JSON.stringify({ input, answer })}`);
    return answer;
  };
  const key = (): { idempotencyKey: string } => ({ idempotencyKey: newId() });
  const outbox = async (): Promise<string[]> => {
    const rows = await write<{ text: string }>(
      service,
      tenant,
      `SELECT text FROM sandbox_message ORDER BY id`,
    );
    return rows.map(({ text }) => text);
  };
  const phones = PHONES[tenant.country]!;
  const today = civilDayOf(new Date(), tenant.timeZone);
  const later = (days: number): string => addTo(today, { months: 0, days });

  // Places and staff
  const areas = await ask('anonymous', 'areas', { first: 3 });
  const languages: { code: string }[] = await ask('anonymous', 'languages');
  const areaId: string = areas.items[0].id;
  const { id: facilityId } = await expecting('Facility', 'staff', 'registerFacility', {
    code: `F-${tenant.code}-1`,
    names: languages.map(({ code: language }) => ({ language, text: `${word} Clinic` })),
    areaId,
    category: 'PUBLIC',
    kind: 'FIXED',
    address: `1 ${word} Road`,
    latitude: 6.5,
    longitude: -1.5,
    openingHours: `${word} hours`,
  });
  await ask('staff', 'importFacilities', {
    csv: [
      ['code', 'area', 'category', 'kind', 'active', ...languages.map(({ code }) => `name:${code}`)].join(),
      [
        `F-${tenant.code}-2`,
        areas.items[0].code,
        'PUBLIC',
        'FIXED',
        'yes',
        ...languages.map(() => `${word} Post`),
      ].join(),
    ].join('\n'),
    dryRun: false,
  });
  await tell('staff', 'changeFacility', { facilityId, address: `2 ${word} Road` });
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
  const signIn = operations.find(({ name }) => name === 'signInStaff')!.document;
  const mistyped = { email: `nobody@${tenant.code}.example`, password: `${word} wrong` };
  await service.graphql(signIn, { input: mistyped }, callers.anonymous); // a try that is counted
  const nurseAtWork: Caller = { tenant: tenant.code, token: entered.token };
  const { clerkId } = await inhabitEntrance(
    { service, tenant, word, ask, tell, outbox, facilityId, languages },
    nurseAtWork,
  );
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
  await tell('staff', 'endStaffRoles', { staffId: leaverId, roles: [{ role: 'vaccinator', facilityId }] });

  // Partners
  const publicKey = (): string => {
    const { publicKey: made } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return JSON.stringify({ ...made.export({ format: 'jwk' }), kid: newId() });
  };
  const agreed = {
    name: `${word} Parcels`,
    kind: 'PLATFORM',
    purpose: `${word} parcels`,
    contact: `duty@${tenant.code}.example`,
    scopes: ['ORDERS', 'EVENTS', 'WEBHOOKS'],
    requestsPerMinute: 100_000,
  };
  const registered = await tell('staff', 'registerPartner', { ...agreed, publicKey: publicKey(), ...key() });
  const partnerId: string = registered.id;
  callers.partner.token = await service.tokenFor(
    tenant,
    PARTNER_ROLES.map(role => ({ role, reach: { kind: 'self', id: partnerId } })),
    'partner',
    partnerId,
  );
  const added = await ask('partner', 'addPartnerKey', { publicKey: publicKey() });
  await ask('partner', 'removePartnerKey', { kid: added.keys[0].kid });
  await ask('partner', 'ownPartner');
  await write(
    service,
    tenant,
    `INSERT INTO partner_check VALUES ($1, 'TOKEN_ISSUED', now()), ($1, 'ORDER_PLANNED', now())`,
    [partnerId],
  );
  await write(
    service,
    tenant,
    `INSERT INTO partner_assertion VALUES ($1, decode(md5($2), 'hex'), now() + interval '1 hour')`,
    [partnerId, word],
  );
  await ask('staff', 'partners');
  const leaving = await tell('staff', 'registerPartner', { ...agreed, publicKey: publicKey(), ...key() });
  await ask('staff', 'suspendPartner', { id: leaving.id, reason: `${word} left` });
  await ask('staff', 'resumePartner', { id: leaving.id });
  await tell('staff', 'changePartner', { ...agreed, id: leaving.id, publicKey: publicKey() });
  await ask('staff', 'certifyPartner', { id: leaving.id }); // not by whoever changed it

  // Stock
  const products: { code: string }[] = await ask('anonymous', 'products');
  const receive = async (productCode: string): Promise<string> => {
    const item = await expecting('StockItem', 'staff', 'receiveStock', {
      facilityId,
      productCode,
      lotNumber: `L-${tenant.code}-${productCode}`,
      manufacturer: `${word} Works`,
      expiresOn: later(400),
      doses: 100,
      deliveryNote: `N-${tenant.code}-${productCode}`,
      ...key(),
    });
    return item.lotId;
  };
  const lots: Record<string, string> = {};
  for (const { code } of products) lots[code] = await receive(code);
  const [bcg, penta] = ['bcg', 'penta'].map(
    start => products.find(({ code }) => code.startsWith(start))!.code,
  );
  await expecting('StockItem', 'staff', 'wasteStock', {
    facilityId,
    lotId: lots[bcg!],
    doses: 2,
    reason: 'BROKEN',
    ...key(),
  });
  // A count of it, and what was destroyed
  const wholes = async () => expecting('Stocktake', 'staff', 'openStocktake', { facilityId, ...key() });
  const givenUp = await wholes();
  await tell('staff', 'cancelStocktake', { facilityId, stocktakeId: givenUp.id });
  const stocktake = await wholes();
  const counts = { facilityId, stocktakeId: stocktake.id };
  await tell('staff', 'countStock', {
    ...counts,
    lots: stocktake.lines.map(({ lotId }: { lotId: string }) => ({
      lotId,
      doses: lotId === lots[bcg!] ? 96 : 100,
      unfit: lotId === lots[bcg!] ? [{ reason: 'BROKEN', doses: 1 }] : [],
    })),
    ...key(),
  });
  const submitted = await expecting('Stocktake', 'staff', 'submitStocktake', {
    ...counts,
    reasons: [{ lotId: lots[bcg!], reason: 'NOT_RECORDED', remark: `${word} spilt` }],
  });
  await expecting('StocktakeNeedsSecondPerson', 'staff', 'decideStocktake', {
    ...counts,
    version: submitted.version,
    approve: true,
  });
  await ask('staff', 'stocktake', { facilityId, id: stocktake.id });
  await ask('staff', 'stocktakes', { facilityId, first: 3 });
  await ask('staff', 'stocktakeReview', { facilityId, id: stocktake.id });
  const destroyed = async () =>
    expecting('StockDestruction', 'staff', 'recordDestruction', {
      facilityId,
      method: 'INCINERATION',
      documentReference: `PV-${tenant.code}-${word}`,
      destroyedOn: today,
      lots: [{ lotId: lots[bcg!], doses: 1 }],
      ...key(),
    });
  const burnt = { facilityId, destructionId: (await destroyed()).id };
  await expecting('DestructionNeedsWitness', 'staff', 'witnessDestruction', burnt);
  await tell('staff', 'withdrawDestruction', { facilityId, destructionId: (await destroyed()).id });
  await ask('staff', 'stockDestructions', { facilityId, first: 3 });
  await ask('staff', 'stockAwaitingDestruction', { facilityId });
  const held = lots[products.at(-1)!.code]!;
  const hold = await tell('staff', 'holdLot', { lotId: held, facilityId, reason: 'INVESTIGATION', ...key() });
  await tell('staff', 'releaseLot', { lotId: held, holdId: hold.id, reason: 'CLEARED' });
  await tell('staff', 'holdLot', { lotId: held, reason: 'INVESTIGATION', ...key() });

  // The delivery network
  const area: string = areas.items[0].code;
  const hubRow = (code: string, parent: string): string =>
    [
      code,
      parent,
      'outlet',
      area,
      area,
      30,
      '1-7',
      '00:00',
      '23:59',
      ...languages.map(() => `${word} Hub`),
    ].join();
  const names = languages.map(({ code }) => `name:${code}`);
  await ask('staff', 'importHubs', {
    csv: [
      [
        'code',
        'parent',
        'level',
        'area',
        'serves',
        'handling_minutes',
        'open_days',
        'opens',
        'closes',
        ...names,
      ].join(),
      hubRow(`H-${tenant.code}-1`, ''),
      hubRow(`H-${tenant.code}-2`, `H-${tenant.code}-1`),
    ].join('\n'),
    dryRun: false,
  });
  await ask('staff', 'importLegs', {
    csv: [
      'from,to,day,departs,minutes,mode,temperature,active,capacity_kg',
      ...[1, 2, 3, 4, 5, 6, 7].map(
        day => `H-${tenant.code}-1,H-${tenant.code}-2,${day},12:00,60,van,AMBIENT,yes,100`,
      ),
    ].join('\n'),
    dryRun: false,
  });
  const { items: hubs } = await ask('staff', 'hubs', { first: 3 });
  await ask('staff', 'hubServing', { areaId });
  const legs = await ask('staff', 'legs', { hubId: hubs[0].id });
  const monday = mondayOf(later(14));
  await tell('staff', 'cancelRun', {
    fromHubId: hubs[0].id,
    legId: legs[0].id,
    day: monday,
    reason: `${word} bridge`,
  });
  await expecting('DeliveryRoute', 'staff', 'deliveryRoute', { fromHubId: hubs[0].id, toHubId: hubs[1].id });
  await ask('staff', 'publishSortPlan', { hubId: hubs[0].id });
  await ask('staff', 'sortPlan', { hubId: hubs[0].id });

  const sealed = (step: string, minutes: number, more: Variables): Variables => ({
    clientId: newId(),
    at: new Date(Date.now() - minutes * 60_000).toISOString(),
    step,
    hubId: hubs[0].id,
    units: [`BOX-${tenant.code}-1`],
    ...more,
  });
  const scanner = { deviceId: `scanner-${tenant.code}`, deviceTime: new Date().toISOString() };
  await tell('staff', 'captureScans', {
    ...scanner,
    scans: [
      sealed('PACKED', 3, { container: `BAG-${tenant.code}-1`, seal: 'S-0001' }),
      sealed('STORED', 2, {}),
    ],
  });
  await tell('staff', 'captureScan', { ...scanner, scan: sealed('DEPARTED', 1, {}) });
  await ask('staff', 'handlingUnit', { code: `BOX-${tenant.code}-1` });

  const prefix = `95000${tenant.code === 'aa' ? 1 : 2}0`;
  await tell('staff', 'setGs1CompanyPrefix', { prefix });
  await expecting('IssuedSsccs', 'staff', 'issueSsccs', { hubId: hubs[0].id, count: 2, ...key() });
  const consignment = await expecting('Consignment', 'staff', 'sendConsignment', {
    kind: 'VACCINES',
    fromHubId: hubs[0].id,
    toHubId: hubs[1].id,
    weightGrams: 5000,
    ...key(),
  });
  await tell('staff', 'captureScan', {
    ...scanner,
    scan: { ...sealed('ARRIVED', 1, { units: [consignment.unit] }), hubId: hubs[1].id },
  });
  await tell('staff', 'cancelRun', {
    fromHubId: hubs[0].id,
    reason: `${word} flood`,
    legId: consignment.runs[0].legId,
    day: civilDayOf(new Date(consignment.runs[0].departsAt), tenant.timeZone),
  });
  await service.carryFacts();
  await ask('staff', 'consignment', { unit: consignment.unit });
  await ask('staff', 'trip', { fromHubId: hubs[0].id, legId: legs[0].id, day: monday, first: 3 });
  await ask('anonymous', 'trackConsignment', { code: consignment.trackingCode });

  // What a partner orders, captures and is told
  await tell('staff', 'publishRates', {
    currency: 'XDR',
    effectiveOn: today,
    zones: [{ code: 'anywhere', sharedAreas: 0 }],
    rates: [{ service: 'plain', zone: 'anywhere', upToGrams: 1000, minor: 500 }],
    ...key(),
  });
  await ask('staff', 'rateList');
  const [parcel] = await ask('partner', 'orderConsignments', {
    input: {
      rows: [
        { reference: newId(), fromHub: `H-${tenant.code}-1`, toHub: `H-${tenant.code}-2`, weightGrams: 400 },
      ],
    },
  });
  await ask('partner', 'deliveryQuotes', {
    input: { fromHub: `H-${tenant.code}-1`, toHub: `H-${tenant.code}-2`, weightGrams: 400 },
  });
  const webhook = await tell('partner', 'registerWebhook', { url: `https://${word}.example/hook`, ...key() });
  const webhookId: string = webhook.webhook.id;
  await ask('partner', 'rotateWebhookSecret', { id: webhookId });
  await ask('partner', 'proveWebhook', { id: webhookId }); // nobody answers there
  await write(
    service,
    tenant,
    `INSERT INTO webhook_message (partner_id, webhook_id, id, unit_id, sequence, happened_at, body, state, attempts,
       next_attempt_at, created_at)
     VALUES ($1, $2, $3, $4, 1, 1, $5, 'DEAD', 10, now(), now())`,
    [partnerId, webhookId, newId(), parcel.unit, JSON.stringify({ type: 'test', word })],
  );
  await ask('partner', 'ownWebhooks');
  await ask('partner', 'webhookMessages', { webhookId, state: 'DEAD' });
  await ask('partner', 'replayWebhook', { id: webhookId, since: '2020-01-01T00:00:00Z' });
  await ask('partner', 'stopWebhook', { id: webhookId });
  const event = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: '2026-01-01T00:00:00Z',
    eventTimeZoneOffset: '+00:00',
    epcList: [`https://${word}.example/00/195212345678901234`],
  };
  const epcis = (path: string, body: object): Promise<Response> =>
    fetch(`${service.url}/epcis${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-tenant': tenant.code,
        authorization: `Bearer ${callers.partner.token}`,
      },
      body: JSON.stringify(body),
    });
  const taken = [
    await epcis('/events', {
      '@context': 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      ...event,
    }),
    await epcis('/queries', { name: word, query: { MATCH_epc: event.epcList } }),
  ].map(({ status }) => status);
  if (taken.join() !== '201,201') throw new Error(`EPCIS answered ${taken.join()}`);

  // The last mile
  const waited = await expecting('Consignment', 'staff', 'sendConsignment', {
    kind: 'PARCEL',
    fromHubId: hubs[0].id,
    toHubId: hubs[1].id,
    receiver: { phone: phones[1] },
    ...key(),
  });
  await ask('staff', 'handoverSecret', { unit: waited.unit });
  await ask('staff', 'consignmentLabels', { units: [waited.unit], format: 'ZPL' });
  await expecting('HandoverSecretWrong', 'staff', 'checkHandover', {
    unit: waited.unit,
    kind: 'QR',
    secret: 'a guess',
    ...key(),
  });
  await expecting('Consignment', 'staff', 'redirectConsignment', {
    unit: waited.unit,
    toHubId: hubs[1].id,
    ...key(),
  });
  await expecting('NoRoute', 'staff', 'returnConsignment', { unit: consignment.unit, ...key() });
  for (const [step, minutes] of [
    ['ARRIVED', 1],
    ['OUT_FOR_DELIVERY', 0],
  ] as const)
    await tell('staff', 'captureScan', {
      ...scanner,
      deviceTime: new Date().toISOString(),
      scan: sealed(step, minutes, { units: [waited.unit] }),
    });
  await service.carryFacts();
  await ask('anonymous', 'quietConsignment', { code: waited.trackingCode, quiet: true });
  await ask('staff', 'deliveryFigures', { from: today, to: later(1) });
  await ask('staff', 'stuckConsignments', { first: 3 });

  // Sessions
  const plan = async (days: number, startTime = '00:00'): Promise<string> => {
    const session = await expecting('Session', 'staff', 'planSession', {
      facilityId,
      date: later(days),
      startTime,
      endTime: '23:59',
      products: products.map(({ code }) => code),
      capacity: [{ places: 20 }],
      walkInPlaces: 10,
      assistedPlaces: 5,
      caps: { account: 10, device: 10, network: 100_000 },
    });
    return session.id;
  };
  const [sessionId, tomorrow, closed, cancelled] = [
    await plan(0),
    await plan(1),
    await plan(2),
    await plan(3),
  ];
  await expecting('Session', 'staff', 'changeSession', { facilityId, sessionId, walkInPlaces: 11 });
  await tell('staff', 'closeSession', { facilityId, sessionId: closed, reason: `${word} rain` });
  await tell('staff', 'cancelSession', { facilityId, sessionId: cancelled, reason: `${word} flood` });

  // People
  const prove = async (): Promise<string> => {
    const { requestId } = await ask('anonymous', 'requestSignInCode', { phone: phones[0] });
    const code = /(\d{6})/.exec((await outbox()).at(-1)!)![1]!;
    const signedIn = await tell('anonymous', 'confirmSignInCode', { requestId, code });
    callers.citizen = { ...callers.citizen, token: signedIn.token };
    return code;
  };
  const code = [await prove(), await prove()].at(-1)!;
  const signIns: { id: string; current: boolean }[] = await ask('citizen', 'mySignIns');
  await ask('citizen', 'endSignIn', { id: signIns.find(({ current }) => !current)!.id });
  await ask('citizen', 'endOtherSignIns');
  const purposes: { code: string; version: string }[] = await ask('citizen', 'consentPurposes');
  const consents = purposes.map(purpose => ({ purpose: purpose.code, version: purpose.version }));
  const register = async (by: 'citizen' | 'staff', more: Variables): Promise<Answer> =>
    expecting('Person', by, 'registerPerson', { sex: 'female', consents, language: 'en', ...more, ...key() });
  const mother = await register('citizen', {
    name: `${word} Mother`,
    birthDate: '1990-05-05',
    relation: 'SELF',
    identifiers: [CARDS[tenant.country]],
  });
  const child = await register('citizen', {
    name: `Little ${word}`,
    birthDate: later(-75),
    relation: 'CHILD',
    areaId,
  });
  const assisted = await register('staff', {
    name: `Walker ${word} Third`,
    birthDate: later(-80),
    facilityId,
    phone: phones[1],
  });
  const personId: string = child.id;
  await tell('citizen', 'linkPerson', { code: assisted.code, birthDate: later(-80), relation: 'CHILD' });
  await tell('citizen', 'withdrawConsent', { personId: mother.id, purpose: purposes.at(-1)!.code });
  await tell('citizen', 'giveConsent', {
    personId: mother.id,
    purpose: purposes.at(-1)!.code,
    version: purposes.at(-1)!.version,
  });
  await tell('staff', 'findPersons', { facilityId, code: child.code });
  await tell('staff', 'changePerson', {
    personId,
    facilityId,
    name: `Little ${word} Corrected`,
    reason: `${word} spelling`,
  });

  // Appointments
  const people = (products: string[]): Variables[] => [{ personId, products }];
  const booking = await expecting('Booking', 'citizen', 'holdPlaces', {
    facilityId,
    sessionId: tomorrow,
    people: people([penta!]),
    device: `phone-of-${word}-mother`,
  });
  const booked = { bookingId: booking.id, facilityId };
  await expecting('Booking', 'citizen', 'confirmAppointment', { ...booked, ...key() });
  const moved = await expecting('Booking', 'citizen', 'rescheduleAppointment', {
    ...booked,
    toFacilityId: facilityId,
    toSessionId: sessionId,
    ...key(),
  });
  await expecting('SessionQueue', 'staff', 'keepQueue', { facilityId, sessionId });
  await expecting('WrongCode', 'staff', 'checkIn', { facilityId, sessionId, code: 'ZZZZ-ZZZZ' });
  await expecting('Appointment', 'staff', 'checkIn', {
    facilityId,
    sessionId,
    code: moved.appointments[0].checkInCode,
  });
  const other = await expecting('Booking', 'citizen', 'holdPlaces', {
    facilityId,
    sessionId: tomorrow,
    people: [{ personId: mother.id, products: [products.at(-1)!.code] }],
  });
  await tell('citizen', 'cancelAppointment', { bookingId: other.id, facilityId });
  await expecting('Appointment', 'staff', 'admitWalkIn', {
    facilityId,
    sessionId,
    person: { personId: assisted.id, products: [penta] },
  });
  await ask('citizen', 'myAppointments');

  // A session that there is no vaccine for
  const failing = await plan(5);
  const lost = await expecting('Booking', 'citizen', 'holdPlaces', {
    facilityId,
    sessionId: failing,
    people: [{ personId: mother.id, products: [products.at(-1)!.code] }],
  });
  await expecting('Booking', 'citizen', 'confirmAppointment', { facilityId, bookingId: lost.id, ...key() });
  const giveUp = { facilityId, sessionIds: [failing], to: [] };
  await ask('staff', 'relocationPreview', { input: giveUp });
  const order = await tell('staff', 'relocateAppointments', { ...giveUp, reason: `${word} heat`, ...key() });
  await service.runJobs();
  await ask('staff', 'relocation', { facilityId, id: order.id });

  // The queue of the day: her child is verified, both are called, one leaves
  const { visits } = await expecting('VisitParty', 'staff', 'joinQueue', {
    facilityId,
    sessionId,
    people: [{ personId }, { personId: mother.id }],
    ...key(),
  });
  const [visit, visitOfMother] = visits.map((one: { id: string }) => one.id);
  const desk = { facilityId, desk: 'VERIFICATION', station: `${word} desk` };
  await expecting('VisitParty', 'staff', 'callParty', { ...desk, visitId: visitOfMother, ...key() });
  await expecting('VisitsServed', 'staff', 'putBackVisits', { facilityId, visitIds: [visitOfMother] });
  await expecting('VisitsServed', 'staff', 'verifyVisits', {
    facilityId,
    visitIds: [visit],
    earlierReaction: false,
  });
  await expecting('VisitsServed', 'staff', 'endVisits', {
    facilityId,
    visitIds: [visitOfMother],
    reason: 'WOULD_NOT_WAIT',
  });
  await ask('anonymous', 'queueBoard', { facilityId });
  await ask('staff', 'visitQueue', { facilityId, first: 3 });
  await ask('staff', 'visit', { facilityId, id: visit });
  await ask('citizen', 'myVisits');
  const second = await plan(0, '00:02');
  await expecting('SessionQueue', 'staff', 'keepQueue', { facilityId, sessionId: second, byPriority: true });
  await tell('staff', 'closeQueue', { facilityId, sessionId: second, reason: 'EMERGENCY' });

  // Scarce places that were drawn for; the waiting room; a wish to be told
  await tell('staff', 'paceBooking', { perMinute: 60_000, burst: 100 });
  await expecting('PlaceAlert', 'citizen', 'watchPlaces', { areaId });
  const ended = await expecting('PlaceAlert', 'citizen', 'watchPlaces', { areaId, age: '9 months' });
  await ask('citizen', 'endPlaceAlert', { id: ended.id });
  await ask('citizen', 'myPlaceAlerts');
  const scarce = await plan(4);
  const inAnHour = new Date(Date.now() + 3_600_000);
  const draw = await expecting('Draw', 'staff', 'announceDraw', {
    facilityId,
    sessionId: scarce,
    policy: 'LOTTERY',
    places: 1,
    caps: { account: 4 },
    entriesUntil: inAnHour.toISOString(),
    drawnFrom: inAnHour.toISOString(),
  });
  await expecting('DrawEntry', 'citizen', 'enterDraw', {
    facilityId,
    drawId: draw.id,
    personId: mother.id,
    products: [products.at(-1)!.code],
  });
  await ask('citizen', 'waitingRoom');
  const thereafter = service.contextOf(tenant, { now: () => new Date(inAnHour.getTime() + 1) });
  await service.app.get(KeepDraws).run(thereafter);
  await service.app.get(TellWatchers).run(service.contextOf(tenant));
  await ask('citizen', 'myDrawEntries');
  await ask('anonymous', 'draw', { facilityId, sessionId: scarce });

  // Doses and their proof
  const record = async (more: Variables): Promise<Answer> =>
    expecting('Vaccination', 'staff', 'recordVaccination', {
      facilityId,
      sessionId,
      personId,
      ...more,
      ...key(),
    });
  const dose = await record({ lotId: lots[penta!], site: 'LEFT_THIGH' });
  await record({ lotId: lots[penta!], personId: assisted.id });
  await ask('staff', 'sessionPack', { facilityId, sessionId, first: 3 });
  await ask('staff', 'recordVaccinations', {
    inputs: [{ facilityId, sessionId, personId, lotId: held, presence: 'WALK_IN', ...key() }],
  });
  const offline = { personId, facilityId, givenAt: new Date().toISOString(), distinct: true };
  const synced = await tell('staff', 'syncDoses', {
    deviceId: `tablet-${tenant.code}`,
    deviceTime: new Date().toISOString(),
    doses: [
      { ...offline, clientId: newId(), lotId: lots[bcg!], distinctReason: `${word} card` },
      { ...offline, clientId: newId(), lotId: held, distinctReason: `${word} card` },
    ],
  });
  if (synced.doses.map((dose: Answer) => dose.outcome).join() !== 'RECORDED,REFUSED')
    throw new Error(JSON.stringify(synced));
  const paper = await tell('staff', 'recordDosesBatch', {
    facilityId,
    register: `${word} register`,
    lateCause: 'NO_STAFF',
    csv: `person,product,lot,given_on\n${personId},${bcg},${word},${later(-30)}`,
    ...key(),
  });
  await service.runJobs();
  await ask('staff', 'dosesBatch', { facilityId, batchId: paper.id });
  await ask('staff', 'backlog', { facilityId });
  const { id: otherPlace } = await expecting('Facility', 'staff', 'registerFacility', {
    code: `F-${tenant.code}-3`,
    names: languages.map(({ code: language }) => ({ language, text: `${word} Outpost` })),
    areaId,
    category: 'PUBLIC',
    kind: 'OUTREACH',
  });
  const send = async (): Promise<Answer> =>
    expecting('StockShipment', 'staff', 'allocateStock', {
      facilityId,
      toFacilityId: otherPlace,
      products: [{ productCode: penta, doses: 10 }],
      ...key(),
    });
  const sent = { facilityId, shipmentId: (await send()).id };
  await expecting('StockShipment', 'staff', 'packShipment', {
    ...sent,
    boxes: [{ unit: `BOX-${tenant.code}-8` }],
  });
  await expecting('StockShipment', 'staff', 'despatchStock', sent);
  await expecting('StockShipment', 'staff', 'receiveShipment', {
    ...sent,
    lines: [{ lotId: lots[penta!], accepted: 10, vvmStage: 1 }],
  });
  await expecting('StockItem', 'staff', 'recordVvm', { facilityId, lotId: lots[bcg!], stage: 2, ...key() });
  await tell('staff', 'cancelShipment', { facilityId, shipmentId: (await send()).id });
  await expecting('StockShipment', 'staff', 'returnStock', {
    ...sent,
    reason: 'EXCESS',
    lots: [{ lotId: lots[penta!], doses: 2 }],
    ...key(),
  });
  await tell('staff', 'setStockLevel', {
    facilityId: otherPlace,
    productCode: bcg,
    minDoses: 20,
    reorderDoses: 40,
    maxDoses: 100,

    ...key(),
  });
  const wanting = { facilityId: otherPlace, supplierId: facilityId };
  const asks = async (): Promise<Answer> => {
    const products = [{ productCode: bcg, doses: 20, reason: 'OUTBREAK' }];
    const { id: requisitionId } = await expecting('StockRequisition', 'staff', 'requestStock', {
      ...wanting,
      products,
      ...key(),
    });
    return { facilityId: otherPlace, requisitionId };
  };
  const granted = await asks();
  await write(service, tenant, `UPDATE stock_requisition SET asked_by = 'somebody else' WHERE id = $1`, [
    granted.requisitionId,
  ]); // not by whoever asked
  await expecting('StockRequisition', 'staff', 'decideRequisition', {
    ...granted,
    products: [{ productCode: bcg, doses: 10, reason: 'NEEDED_ELSEWHERE' }],
  });
  await expecting('StockShipment', 'staff', 'allocateRequisition', granted);
  await tell('staff', 'cancelRequisition', await asks());
  await service.app.get(KeepFigures).run(service.contextOf(tenant));
  await ask('staff', 'stockRequisitions', { facilityId, way: 'FROM', first: 3 });
  await ask('staff', 'stockLevels', { facilityId: otherPlace, first: 3 });
  await ask('staff', 'stockLevelProposal', {
    facilityId,
    productCode: penta,
    safetyDays: 14,
    leadDays: 7,
    supplyDays: 30,
  });
  await ask('staff', 'stockAlerts', { areaId, first: 3 });
  await service.app.get(KeepWastage).run(service.contextOf(tenant));
  await ask('staff', 'stockWastage', { areaId, from: later(-40), to: today, first: 3 });

  // A refrigerator there, too warm for half a day
  const fridge = await expecting('ColdEquipment', 'staff', 'registerColdEquipment', {
    facilityId: otherPlace,
    kind: 'REFRIGERATOR',
    manufacturer: `${word} Coolers`,
    model: 'M-1',
    serial: `S-${tenant.code}`,
    capacities: [{ temperature: 'CHILLED', litres: 50 }],
    ...key(),
  });
  await tell('staff', 'changeColdEquipment', {
    facilityId: otherPlace,
    equipmentId: fridge.id,
    state: 'UNDER_REPAIR',
    remark: `${word} seal`,
  });
  const logger = await expecting('TemperatureLogger', 'staff', 'registerTemperatureLogger', {
    facilityId: otherPlace,
    equipmentId: fridge.id,
    temperature: 'CHILLED',
    model: 'Fridge-tag 2 L',
    serial: `T-${tenant.code}`,
    intervalMinutes: 60,
    ...key(),
  });
  const told = await tell('staff', 'recordTemperatures', {
    facilityId: otherPlace,
    readings: Array.from({ length: 13 }, (_, hour) => ({
      loggerId: logger.id,
      at: new Date(Date.now() - hour * 3_600_000).toISOString(), // until now: of the day on which its lots came, also after midnight
      celsius: 12,
    })),
  });
  const exported = fridgeTag2L({ serial: `T-${tenant.code}`, day: later(-3), celsius: [4, 5] });
  const { file } = await expecting('LoggerFileImport', 'staff', 'importLoggerFile', {
    facilityId: otherPlace,
    content: base64(exported),
  });
  const [excursionId] = told.openedExcursionIds;
  const watched = { facilityId: otherPlace, loggerId: logger.id };
  await write(
    service,
    tenant,
    `INSERT INTO logger_silence VALUES ($1, $2, now() - interval '1 day', now())`,
    [otherPlace, logger.id],
  );
  await ask('staff', 'coldEquipment', { facilityId: otherPlace, first: 3 });
  await ask('staff', 'coldChainAlarms', { areaId });
  await tell('staff', 'labelColdEquipment', {
    unit: `BOX-${tenant.code}-9`,
    facilityId: otherPlace,
    equipmentId: fridge.id,
  });
  await ask('staff', 'temperatureLoggers', { facilityId: otherPlace });
  await ask('staff', 'loggerFiles', { ...watched, first: 3 });
  await ask('staff', 'loggerFileContent', { facilityId: otherPlace, fileId: file.id });
  await ask('staff', 'temperatureHistory', { input: { ...watched, from: later(-4), to: today } });
  await ask('staff', 'temperatureReadings', {
    ...watched,
    from: `${later(-4)}T00:00:00Z`,
    to: new Date().toISOString(),
    first: 3,
  });
  await ask('staff', 'excursions', { facilityId: otherPlace, undecided: true, first: 3 });
  await ask('staff', 'undecidedExcursions', { areaId, first: 3 });
  const excursion = await ask('staff', 'excursion', { facilityId: otherPlace, id: excursionId });
  await expecting('ExcursionNeedsSecondPerson', 'staff', 'decideExcursion', {
    facilityId: otherPlace,
    excursionId,
    version: excursion.version,
    lots: [{ lotId: lots[penta!], outcome: 'RELEASED', reason: 'WITHIN_STABILITY', remark: `${word} kept` }],
    ...key(),
  });
  await ask('staff', 'stockShipments', { facilityId, way: 'FROM', first: 3 });
  await ask('staff', 'lotRecall', { lotId: lots[penta!] });
  await ask('staff', 'lotRecipients', { lotId: lots[penta!], first: 3 });
  const kept = await expecting('OpenVial', 'staff', 'openVial', {
    facilityId,
    lotId: lots[penta!],
    ...key(),
  });
  await tell('staff', 'discardVial', { facilityId, vialId: kept.id, reason: 'BROKEN' });
  const spent = await plan(0, '00:01');
  const counted = { facilityId, sessionId: spent };
  await expecting('OpenVial', 'staff', 'openVial', { ...counted, lotId: lots[penta!], ...key() });
  await expecting('SessionCloseOut', 'staff', 'closeOutSession', {
    ...counted,
    lots: [{ lotId: lots[penta!], vialsOpened: 1, wasted: [], returnedOpen: 9 }],
    discrepancyReason: `${word} spilt`,
    ...key(),
  });
  await expecting('CountNeedsSecondPerson', 'staff', 'decideCloseOut', { ...counted, approve: true });
  await ask('staff', 'sessionCloseOut', counted);
  await ask('staff', 'unsettledSessionLots', { facilityId });
  await ask('staff', 'openVials', { facilityId });
  const waiting = await ask('staff', 'pendingDoses', { facilityId, first: 3 });
  await tell('staff', 'dismissPendingDose', {
    facilityId,
    pendingId: waiting.items[0].id,
    reason: `${word} mistake`,
  });
  const [nurse] = await write<{ id: string }>(
    service,
    tenant,
    `SELECT id FROM staff_account WHERE email LIKE 'nurse@%'`,
  );
  await expecting('Vaccination', 'staff', 'recordPendingDose', {
    facilityId,
    pendingId: waiting.items[1].id,
    reason: `${word} late`,
    lotId: lots[bcg!],
    givenOn: today,
    vaccinatorId: nurse!.id,
    distinct: true,
  });
  await tell('staff', 'recordNotDone', {
    facilityId,
    personId,
    vaccineGroup: dose.counted[0].vaccineGroup,
    reason: 'ILLNESS',
    ...key(),
  });
  await service.carryFacts();
  await expecting('Vaccination', 'staff', 'correctVaccination', {
    personId,
    vaccinationId: dose.id,
    reason: 'WRONG_SITE_OR_ROUTE',
    site: 'RIGHT_THIGH',
    ...key(),
  });
  await service.carryFacts();
  // What becomes of certificates: tests that are certified too, and doses that are certified no more
  const tested = await tell('staff', 'recordTestResult', {
    facilityId,
    personId,
    disease: '840539006',
    method: 'NAAT',
    testName: `${word} test`,
    result: 'DETECTED',
    sampledAt: `${later(-20)}T08:00:00Z`,
    ...key(),
  });
  await ask('citizen', 'testResults', { personId });
  const stated = { personId, resultId: tested.id, states: 'RECOVERY' };
  await expecting('ResultProof', 'citizen', 'makeResultProof', stated);
  await expecting('TestResult', 'staff', 'voidTestResult', {
    personId,
    resultId: tested.id,
    reason: 'WRONG_PERSON',
  });
  const recallOrder = await tell('staff', 'requestRevocation', {
    lotId: lots[bcg!],
    reason: `${word} recall`,
    ...key(),
  });
  await expecting('RevocationNeedsSecondPerson', 'staff', 'decideRevocation', {
    orderId: recallOrder.id,
    approved: true,
  });
  const colleague = await service.tokenFor(tenant, STAFF_ROLES.map(country), 'staff', nurseId);
  const decided = await service.graphql(
    `mutation ($orderId: ID!) { decideRevocation(input: { orderId: $orderId, approved: true }) { __typename } }`,
    { orderId: recallOrder.id },
    { ...callers.staff, token: colleague },
  );
  if (decided.data?.decideRevocation.__typename !== 'RevocationOrder')
    throw new Error(JSON.stringify(decided));
  await service.carryFacts();
  await service.runJobs();
  await ask('staff', 'revocationOrders', { first: 3 });

  // What people have put right, and whom they let ask
  const raised = await tell('citizen', 'raiseGrievance', {
    personId,
    facilityId,
    kind: 'ADD_PASSPORT',
    evidence: 'PASSPORT',
    passportNumber: `P${word.toUpperCase()}`,
    note: `${word} traveller`,
    ...key(),
  });
  await ask('staff', 'openGrievances', { facilityId, first: 3 });
  await expecting('Grievance', 'staff', 'decideGrievance', {
    personId,
    grievanceId: raised.id,
    granted: true,
    reason: `${word} passport seen`,
  });
  await ask('citizen', 'grievances', { personId });
  const vaccineGroup = dose.counted[0].vaccineGroup;
  const consent = await tell('citizen', 'giveStatusConsent', { personId, vaccineGroup, minutes: 60 });
  await expecting('CheckedStatus', 'anonymous', 'checkVaccinationStatus', {
    code: consent.code,
    checker: `${word} School`,
  });
  await ask('citizen', 'statusConsents', { personId });
  await tell('citizen', 'endStatusConsent', { personId, consentId: consent.consent.id });

  await expecting('DetailsStated', 'staff', 'stateCertificateDetails', {
    facilityId,
    personId,
    seen: 'PASSPORT',
    passportNumber: `Q${word.toUpperCase()}`,
    ...key(),
  });
  const proof = await ask('citizen', 'certificate', { personId });
  await expecting('PrintedCertificate', 'staff', 'printCertificate', {
    facilityId,
    personId,
    proof: 'PERSON_CARD',
    ...key(),
  });
  const prints = await tell('staff', 'printCertificates', { facilityId, personIds: [personId], ...key() });
  await service.runJobs();
  await ask('staff', 'printRun', { facilityId, runId: prints.id });
  const mail = await tell('staff', 'postPrintRun', { facilityId, runId: prints.id, personIds: [personId] });
  if (mail.posted.length === 0) throw new Error(`postPrintRun ${JSON.stringify(mail)}`);
  await ask('anonymous', 'verifyCertificate', { code: proof.certificate.qrText });

  await expecting('CertificateProof', 'citizen', 'makeCertificateProof', {
    personId,
    format: 'SMART_HEALTH_CARD',
  });

  // The country's own words and keys
  await tell('staff', 'setText', { language: 'en', key: 'validation.isEmail', text: `${word} address` });
  const [signing] = await ask('anonymous', 'signingKeys');
  await tell('staff', 'addLanguage', {
    code: 'sw',
    name: `${word} Swahili`,
    direction: 'LTR',
    fallback: ['en'],
  });
  const keys = await ask('staff', 'rotateSigningKey', { replacing: signing.kid });
  const idle = keys.find(({ state }: { state: string }) => state === 'SIGNING');
  await ask('staff', 'rotateSigningKey', { replacing: idle.kid });
  await ask('staff', 'withdrawSigningKey', { kid: idle.kid, reason: 'LOST' }); // it has signed nothing
  const publicJwk = JSON.parse(signing.publicJwk);
  const trust = { validUntil: `${later(30)}T00:00:00Z`, issuer: `https://${word}.example` };
  await expecting('TrustList', 'staff', 'importTrustList', {
    ...trust,
    code: 'keys',
    shape: 'JWKS',
    document: JSON.stringify({ keys: [{ ...publicJwk, kid: `${word} key` }] }),
  });
  await expecting('TrustList', 'staff', 'importTrustList', {
    ...trust,
    code: 'contexts',
    shape: 'JSON_LD_CONTEXTS',
    document: JSON.stringify({ [`https://${word}.example/v1`]: { '@context': {} } }),
  });
  await ask('staff', 'trustLists');
  await expecting('CertificateProof', 'citizen', 'makeCertificateProof', {
    personId,
    format: 'W3C_CREDENTIAL',
  });
  const files = await ask('staff', 'shippedCountryPack');
  await tell('staff', 'draftCountryPack', {
    files: files.map(({ name, content }: { name: string; content: string }) => ({ name, content })),
  });
  const begun = await expecting('CountryPackDrafted', 'staff', 'startCountryPackDraft', {});
  const source = { id: 'circular', title: `${word} circular`, publisher: `${word} Ministry`, year: 2026 };
  const versions = { pack: `${tenant.code}.next`, schedule: `${tenant.code}.next` };
  const edited = await expecting('CountryPackDrafted', 'staff', 'editCountryPack', {
    packId: begun.pack.id,
    edits: [{ setSource: source }, { setVersion: versions }],
  });
  const proposal = await expecting('CountryPackProposal', 'staff', 'proposeCountryPack', {
    packId: edited.pack.id,
    effectiveOn: later(30),
    note: `${word} note`,
  });
  await expecting('CountryPackProposal', 'staff', 'withdrawCountryPack', {
    proposalId: proposal.id,
    reason: `${word} reason`,
  });
  await ask('staff', 'countryPack', { id: edited.pack.id });
  await ask('staff', 'previewCertificate', { packId: edited.pack.id, language: 'en' });
  await ask('staff', 'compareCountryPacks', { from: begun.pack.id, to: edited.pack.id });
  await ask('staff', 'countryPackProposals');
  await ask('staff', 'countryPackPublications');

  // What is next for everybody, and what another programme would change of it
  await service.carryFacts();
  await service.runJobs();
  await ask('staff', 'dueList', { areaId, to: later(300), first: 3 });
  await ask('staff', 'forecasts', { personIds: [personId] });
  const [pack] = await ask('staff', 'countryPacks');
  const tried = await tell('staff', 'simulateProgramme', { packId: pack.id, from: today, months: 12 });
  await service.runJobs();
  await ask('staff', 'programmeSimulation', { id: tried.id });
  await ask('staff', 'job', { id: tried.id });
  const dropped = await tell('staff', 'simulateProgramme', { packId: pack.id, from: today, months: 1 });
  await ask('staff', 'cancelJob', { id: dropped.id });

  // Looking back
  for (const name of ['person', 'vaccinations', 'forecast', 'accessLog', 'certificates'])
    await ask(
      'citizen',
      name,
      name === 'person' ? { id: personId } : { personId, ...pageOf(operations, name) },
    );
  await ask('staff', 'person', { id: personId, facilityId });
  for (const name of ['stock', 'sessions', 'staff', 'sessionAppointments'])
    await ask('staff', name, {
      facilityId,
      ...(name === 'sessions' ? { from: today } : pageOf(operations, name)),
      ...(name === 'sessionAppointments' ? { sessionId } : {}),
    });
  const gone = await register('citizen', {
    name: `${word} Goner`,
    birthDate: '1951-02-03',
    relation: 'PARENT',
  });
  await inhabitPrivacy({ ask, tell, expecting, key }, { personId, facilityId, gone: gone.id, word });
  await ask('staff', 'auditTrail', { filter: { facilityId }, first: 3 });
  await ask('anonymous', 'facility', { id: facilityId });
  await ask('anonymous', 'facilities', { filter: { areaId }, first: 3 });
  await ask('anonymous', 'availability', { input: { facilityId, from: today } });
  await service.carryFacts();

  await service.app.get(SealTrail).run(service.contextOf(tenant));
  return {
    tenant,
    ...callers,
    made,
    secrets: [
      consent.code,
      invitation,
      code,
      consignment.trackingCode,
      moved.appointments[0].checkInCode,
      child.code,
      mother.code,
    ],
    certificate: proof.certificate.qrText,
    personId,
  };
}

const pageOf = (operations: readonly Operation[], name: string): Variables =>
  operations.find(one => one.name === name)!.args.some(arg => arg.name === 'first') ? { first: 3 } : {};
