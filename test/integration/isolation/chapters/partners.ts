import { generateKeyPairSync } from 'node:crypto';
import { newId } from '../../../../src/common';
import { PARTNER_ROLES } from '../../../../src/platform/access';
import { write } from '../../../harness/worlds/clinic';
import type { Home, Life } from './life';

/** A partner that is at work, and one that leaves. */
export async function inhabitPartners(life: Life): Promise<Pick<Home, 'partnerId'>> {
  const { service, tenant, word, callers, key, ask, tell } = life;
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
  return { partnerId };
}

/** What the partner orders, captures and is told. */
export async function inhabitOrders(life: Life, { partnerId }: Pick<Home, 'partnerId'>): Promise<void> {
  const { service, tenant, word, callers, today, key, ask, tell } = life;
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
}
