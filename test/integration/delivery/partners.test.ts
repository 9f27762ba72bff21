import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '../../../src/common';
import { SendWebhooks } from '../../../src/interop/webhooks/send-webhooks';
import type { TenantRef } from '../../../src/platform/context';
import { addHourlyLegs, addHub } from '../../harness/worlds/hubs';
import { addFacility, write } from '../../harness/worlds/clinic';
import { type Caller, country, testService, type TestService } from '../../harness/service';
import { registeredPartner } from '../isolation/callers';

const ORDER = `mutation ($rows: [OrderConsignmentInput!]!) { orderConsignments(input: { rows: $rows }) {
  reference trial unit trackingCode promisedAt fault message } }`;
const SCANS = `mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome fault } } }`;
const REGISTER = `mutation ($input: RegisterWebhookInput!) { registerWebhook(input: $input) { secret webhook { id url state } } }`;
const PROVE = `mutation ($id: ID!) { proveWebhook(id: $id) { __typename
  ... on Webhook { state } ... on WebhookNotTaken { message fault } } }`;
const MESSAGES = `query ($id: ID!, $state: WebhookMessageState) {
  webhookMessages(webhookId: $id, state: $state) { id unit sequence state attempts lastFault } }`;
const OWN = '{ ownWebhooks { id state waiting dead } }';

interface Heard {
  headers: IncomingHttpHeaders;
  body: string;
  said: { type: string; data: { unit: string; sequence: number; status: string; hub: string | null } };
}

describe('partners of the delivery network', () => {
  let service: TestService;
  let tenant: TenantRef;
  let officer: Caller;
  const hubs: Record<string, string> = {};
  const open: Server[] = [];

  beforeAll(async () => {
    service = await testService({ TIKASETU_OUTBOUND_LOOPBACK: 'true' });
    tenant = await service.country('aa', 'bd');
    for (const code of ['NORTH', 'SOUTH', 'ASIDE'])
      hubs[code] = await addHub(service, tenant, { code, handling: 10 });
    await addHourlyLegs(service, tenant, { from: hubs.NORTH!, to: hubs.SOUTH!, minutes: 30 });
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('logistics-officer')]) };
  }, 120_000);
  afterAll(async () => {
    for (const server of open) {
      server.closeAllConnections();
      server.close();
    }
    await service.stop();
  });

  async function partner(state: 'SANDBOX' | 'PRODUCTION' = 'PRODUCTION'): Promise<Caller & { id: string }> {
    const id = newId();
    await registeredPartner(service, tenant, id, state);
    const roles = ['partner-orders', 'partner-webhooks', ...(state === 'SANDBOX' ? ['partner-trial'] : [])];
    const grants = roles.map(role => ({ role, reach: { kind: 'self' as const, id } }));
    return { id, tenant: 'aa', token: await service.tokenFor(tenant, grants, 'partner', id) };
  }
  const ask = async (query: string, variables: object, as: Caller) => {
    const answer = await service.graphql(query, variables as Record<string, unknown>, {
      language: 'en',
      ...as,
    });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const row = (more: object = {}) => ({ reference: newId(), fromHub: 'NORTH', toHub: 'SOUTH', ...more });
  const order = async (as: Caller, ...rows: object[]) =>
    (await ask(ORDER, { rows }, as)).orderConsignments as {
      trial: boolean;
      unit: string;
      trackingCode: string;
      fault: string | null;
      message: string | null;
    }[];
  const single = async (as: Caller) => (await order(as, row()))[0]!;
  /** Minutes of a day in the past, on which everything of a test happens. */
  const at = (minute: number): string => new Date(Date.UTC(2024, 0, 8) + minute * 60_000).toISOString();
  const scan = async (unit: string, step: string, hub: string, minute: number) => {
    const { captureScans } = await ask(
      SCANS,
      {
        input: {
          deviceId: 'device-0001',
          deviceTime: new Date().toISOString(),
          scans: [{ clientId: newId(), at: at(minute), step, hubId: hubs[hub], units: [unit] }],
        },
      },
      officer,
    );
    expect(captureScans.scans).toEqual([{ outcome: 'RECORDED', fault: null }]);
    await service.carryFacts();
  };

  describe('order many consignments at once', () => {
    it('each on its own: what is wrong keeps no other back, and is said', async () => {
      const sender = await partner();
      const { data } = await service.graphql('{ areas(first: 1) { items { id } } }', {}, officer);

      const answers = await order(
        sender,
        row(),
        row({ fromHub: 'NOWHERE' }),
        row({ toHub: 'ASIDE' }),
        row({ toAreaId: data.areas.items[0].id }),
        row({ toHub: null, toAreaId: newId() }),
        row({ reference: 'short' }),
        row({ unit: 'no code at all' }),
        row({ unit: 'PARCEL-OF-ONE' }),
        row({ unit: 'PARCEL-OF-ONE' }),
      );

      expect(answers.map(({ fault }) => fault)).toEqual([
        null,
        'UNKNOWN_HUB',
        'NO_ROUTE',
        'ONE_DESTINATION',
        'UNKNOWN_AREA',
        'REFERENCE',
        'CODE',
        null,
        'SENT_BEFORE',
      ]);
      expect(answers[1]!.message).toBe('There is no hub with this code.');
    });

    it('and once, however often the line breaks', async () => {
      const sender = await partner();
      const asked = row();

      const [first] = await order(sender, asked);
      const [again] = await order(sender, asked);
      const [other] = await order(sender, { ...asked, temperature: 'CHILLED' });

      expect(again).toEqual(first);
      expect(other!.fault).toBe('REFERENCE_REUSED');
    });

    it('as a trial in their sandbox: planned, answered, and nothing kept', async () => {
      const sender = await partner('SANDBOX');
      const before = await write(service, tenant, 'SELECT unit_id FROM consignment ORDER BY unit_id');

      const [tried] = await order(sender, row());
      const after = await write(service, tenant, 'SELECT unit_id FROM consignment ORDER BY unit_id');
      const checks = await write(service, tenant, 'SELECT name FROM partner_check WHERE partner_id = $1', [
        sender.id,
      ]);

      expect(tried).toMatchObject({ trial: true, fault: null, promisedAt: expect.any(String) as string });
      expect(after).toEqual(before);
      expect(checks).toEqual([{ name: 'ORDER_PLANNED' }]);
    });

    it('but cannot call their own what is on its way already', async () => {
      await scan('BOX-OF-OTHERS', 'STORED', 'NORTH', 1);

      const [taken] = await order(await partner(), row({ unit: 'BOX-OF-OTHERS' }));

      expect(taken!.fault).toBe('SENT_BEFORE');
    });
  });

  /** A partner's own server: what it heard, and with which status it answers the next. */
  async function listening(status = 200) {
    const server = { heard: [] as Heard[], status, url: '' };
    const listener = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        server.heard.push({ headers: request.headers, body, said: JSON.parse(body) as Heard['said'] });
        response.writeHead(server.status).end();
      });
    });
    open.push(listener);
    await new Promise<void>(ready => listener.listen(0, '127.0.0.1', ready));
    server.url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/hook`;
    return server;
  }
  async function told(status = 200) {
    const sender = await partner();
    const server = await listening();
    const input = { idempotencyKey: newId(), url: server.url };
    const { registerWebhook } = await ask(REGISTER, { input }, sender);
    const id = registerWebhook.webhook.id as string;
    await ask(PROVE, { id }, sender);
    server.heard.length = 0;
    server.status = status;
    return { sender, server, id, secret: registerWebhook.secret as string };
  }
  /** Sends what is due, `later` seconds after `start`; the clock stands still meanwhile. */
  const send = (later = 0, start = Date.now()): Promise<number> =>
    service.app
      .get(SendWebhooks)
      .run(service.contextOf(tenant, { now: () => new Date(start + later * 1000) }));
  const signature = (secret: string, { headers, body }: Heard): string =>
    `v1,${createHmac('sha256', Buffer.from(secret.replace('whsec_', ''), 'base64'))
      .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`)
      .digest('base64')}`;
  const heardOf = ({ heard }: { heard: Heard[] }) =>
    heard.map(({ said }) => [said.data.sequence, said.data.status]);

  describe('are told what happens', () => {
    it('where they want it, once they have shown that they answer there', async () => {
      const sender = await partner('SANDBOX');
      const server = await listening(500);
      const input = { idempotencyKey: newId(), url: server.url };

      const { registerWebhook } = await ask(REGISTER, { input }, sender);
      const again = await ask(REGISTER, { input }, sender);
      const { id } = registerWebhook.webhook as { id: string };
      const failed = await ask(PROVE, { id }, sender);
      server.status = 204;
      const proved = await ask(PROVE, { id }, sender);
      const checks = await write(service, tenant, 'SELECT name FROM partner_check WHERE partner_id = $1', [
        sender.id,
      ]);

      expect(registerWebhook.webhook.state).toBe('UNPROVEN');
      expect(again.registerWebhook).toEqual(registerWebhook);
      expect(failed.proveWebhook).toMatchObject({ __typename: 'WebhookNotTaken', fault: 'HTTP_500' });
      expect(proved.proveWebhook).toEqual({ __typename: 'Webhook', state: 'ACTIVE' });
      expect(checks).toEqual([{ name: 'WEBHOOK_TAKEN' }]);
      expect(server.heard.map(({ said }) => said.type)).toEqual(['webhook.test.v1', 'webhook.test.v1']);
      expect(server.heard[1]!.headers['webhook-signature']).toBe(
        signature(registerWebhook.secret as string, server.heard[1]!),
      );
    });

    it.each([
      'http://example.org/',
      'https://10.0.0.1/',
      'https://[::ffff:169.254.169.254]/',
      'https://a:b@example.org/',
    ])('never at %s', async url => {
      const input = { idempotencyKey: newId(), url };
      const { errors } = await service.graphql(REGISTER, { input }, await partner());

      expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', faults: [{ path: 'url' }] });
    });

    it('signed, by code and place, without a name or an address', async () => {
      const { sender, server, secret } = await told();
      const { unit } = await single(sender);

      await scan(unit, 'STORED', 'NORTH', 10);
      await send();

      const [message] = server.heard;
      expect(message!.said).toEqual({
        type: 'consignment.status.v1',
        timestamp: at(10),
        data: {
          unit,
          sequence: 1,
          status: 'AT_HUB',
          reason: null,
          at: at(10),
          hub: 'NORTH',
          dueAt: expect.any(String) as string,
        },
      });
      expect(message!.headers['webhook-signature']).toBe(signature(secret, message!));
    });

    it('of their own consignments and nobody else’s', async () => {
      const [one, other] = [await told(), await told()];
      const { unit } = await single(one.sender);

      await scan(unit, 'STORED', 'NORTH', 10);
      await send();
      const foreign = await service.graphql(MESSAGES, { id: one.id }, other.sender);

      expect(heardOf(one.server)).toEqual([[1, 'AT_HUB']]);
      expect(other.server.heard).toEqual([]);
      expect(foreign.errors![0]!.extensions.code).toBe('NOT_FOUND');
    });

    it('never backwards: a scan that comes late tells nothing older than was told', async () => {
      const { sender, server } = await told();
      const { unit } = await single(sender);

      await scan(unit, 'STORED', 'NORTH', 10);
      await scan(unit, 'DEPARTED', 'NORTH', 60);
      await scan(unit, 'STORED', 'NORTH', 5);
      await send();

      expect(heardOf(server)).toEqual([
        [1, 'AT_HUB'],
        [2, 'IN_TRANSIT'],
      ]);
    });

    it('when it was too warm in what carried it just then, beside how it stands', async () => {
      const { sender, server } = await told();
      const [inside, before, outside] = [await single(sender), await single(sender), await single(sender)];
      const store = await addFacility(service, tenant);
      const keeper = { tenant: 'aa', token: await service.tokenFor(tenant, [country('store-keeper')]) };
      const input = (more: object) => ({ input: { facilityId: store.id, idempotencyKey: newId(), ...more } });
      const { box } = await ask(
        `mutation ($input: RegisterColdEquipmentInput!) { box: registerColdEquipment(input: $input) { ... on ColdEquipment { id } } }`,
        input({
          kind: 'COLD_BOX',
          manufacturer: 'Coolers',
          model: 'M-1',
          serial: newId(),
          capacities: [{ temperature: 'CHILLED', litres: 20 }],
        }),
        keeper,
      );
      const { logger } = await ask(
        `mutation ($input: RegisterTemperatureLoggerInput!) { logger: registerTemperatureLogger(input: $input) {
           ... on TemperatureLogger { id } } }`,
        input({
          equipmentId: box.id,
          temperature: 'CHILLED',
          model: 'Live',
          serial: newId(),
          intervalMinutes: 60,
        }),
        keeper,
      );
      const unit = `COLD-${newId().slice(-12)}`;
      const { labelled } = await ask(
        `mutation ($input: LabelColdEquipmentInput!) { labelled: labelColdEquipment(input: $input) { unitId } }`,
        { input: { unit, facilityId: store.id, equipmentId: box.id } },
        keeper,
      );
      const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
      const moved = (step: string, one: string, hours: number) => ({
        clientId: newId(),
        at: hoursAgo(hours),
        step,
        hubId: hubs.NORTH,
        units: [one],
        ...(step === 'STORED' ? {} : { container: unit }),
      });
      const scans = [
        moved('PACKED', before.unit, 40),
        moved('UNPACKED', before.unit, 30),
        moved('PACKED', inside.unit, 20),
        moved('STORED', outside.unit, 20),
      ];
      await ask(
        SCANS,
        { input: { deviceId: 'device-0001', deviceTime: new Date().toISOString(), scans } },
        officer,
      );
      await service.carryFacts();
      const readings = Array.from({ length: 14 }, (_, hour) => ({
        loggerId: logger.id,
        at: hoursAgo(15 - hour),
        celsius: hour > 0 && hour < 13 ? 12 : 5,
      }));
      await ask(
        `mutation ($input: RecordTemperaturesInput!) { recordTemperatures(input: $input) { openedExcursionIds } }`,
        { input: { facilityId: store.id, readings } },
        keeper,
      );
      await service.carryFacts();
      await scan(outside.unit, 'DEPARTED', 'NORTH', 60); // of long ago: tells nothing newer
      for (let round = 0; round < 4; round++) await send();

      const { consignment } = await ask(
        `query ($unit: String!) { consignment(unit: $unit) { exceptions { kind hub } } }`,
        { unit: inside.unit },
        officer,
      );
      const heardTypes = server.heard.map(({ said }) => [said.type, said.data.unit]);
      const warmed = server.heard.filter(({ said }) => said.type === 'consignment.temperature.v1');
      expect(labelled.unitId).toBe(unit.toUpperCase());
      expect(consignment.exceptions).toEqual([{ kind: 'TEMPERATURE', hub: null }]);
      expect(warmed.map(({ said }) => said.data)).toEqual([
        { unit: inside.unit, sequence: 2, fault: 'TOO_WARM', since: readings[1]!.at },
      ]);
      expect(heardTypes.filter(([type]) => type === 'consignment.status.v1')).toHaveLength(3);
    });

    it('in order for each unit, also when it did not work at first', async () => {
      const { sender, server, id } = await told(503);
      const { unit } = await single(sender);
      await scan(unit, 'STORED', 'NORTH', 10);
      await scan(unit, 'DEPARTED', 'NORTH', 60);

      const start = Date.now();
      await send(0, start);
      const { webhookMessages } = await ask(MESSAGES, { id }, sender);
      server.status = 200;
      await send(4, start);
      const early = server.heard.length;
      await send(6, start);

      expect(webhookMessages).toMatchObject([
        { sequence: 2, state: 'WAITING', attempts: 0 },
        { sequence: 1, state: 'WAITING', attempts: 1, lastFault: 'HTTP_503' },
      ]);
      expect(early).toBe(1);
      expect(heardOf(server)).toEqual([
        [1, 'AT_HUB'],
        [1, 'AT_HUB'],
        [2, 'IN_TRANSIT'],
      ]);
      expect(server.heard[0]!.headers['webhook-id']).toBe(server.heard[1]!.headers['webhook-id']);
    });

    it('once by each of several workers together', async () => {
      const { sender, server } = await told();
      const orders = await order(sender, row(), row(), row(), row(), row());
      for (const { unit } of orders) await scan(unit, 'STORED', 'NORTH', 10);

      await Promise.all([send(), send(), send(), send()]);

      const units = server.heard.map(({ said }) => said.data.unit).sort();
      expect(units).toEqual(orders.map(({ unit }) => unit).sort());
    });

    it('again from when they ask, in order, after what was given up is mended', async () => {
      const { sender, server, id } = await told(500);
      const { unit } = await single(sender);
      await scan(unit, 'STORED', 'NORTH', 10);
      await scan(unit, 'DEPARTED', 'NORTH', 60);
      const day = 86_400;
      const start = Date.now();

      for (let tries = 0; tries < 30; tries++) await send(tries * 2 * day, start);
      const dead = await ask(MESSAGES, { id, state: 'DEAD' }, sender);
      const { ownWebhooks } = await ask(OWN, {}, sender);
      server.heard.length = 0;
      server.status = 200;
      const again = await ask(
        `mutation ($id: ID!, $since: DateTime!) { replayWebhook(id: $id, since: $since) }`,
        { id, since: '2020-01-01T00:00:00Z' },
        sender,
      );
      await send();

      expect(dead.webhookMessages).toMatchObject([
        { sequence: 2, attempts: 10, lastFault: 'HTTP_500' },
        { sequence: 1, attempts: 10, lastFault: 'HTTP_500' },
      ]);
      expect(ownWebhooks).toEqual([{ id, state: 'ACTIVE', waiting: 0, dead: 2 }]);
      expect(again.replayWebhook).toBe(2);
      expect(heardOf(server)).toEqual([
        [1, 'AT_HUB'],
        [2, 'IN_TRANSIT'],
      ]);
    });

    it('with both secrets on the day that one is changed', async () => {
      const { sender, server, id, secret } = await told();
      const { rotateWebhookSecret: next } = await ask(
        `mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret } }`,
        { id },
        sender,
      );

      await ask(PROVE, { id }, sender);

      const [message] = server.heard;
      expect(next.secret).not.toBe(secret);
      expect(message!.headers['webhook-signature']).toBe(
        `${signature(next.secret as string, message!)} ${signature(secret, message!)}`,
      );
    });

    it('no more when they are cut off', async () => {
      const { sender, server } = await told();
      const { unit } = await single(sender);
      await scan(unit, 'STORED', 'NORTH', 10);
      const administrator = {
        tenant: 'aa',
        token: await service.tokenFor(tenant, [country('configuration-admin')]),
      };

      await ask(
        `mutation ($id: ID!) { suspendPartner(id: $id, reason: "gone") { state } }`,
        { id: sender.id },
        administrator,
      );
      await service.carryFacts();
      await send();

      expect(server.heard).toEqual([]);
    });

    it('no more when they stop it, and of what waited when they go on', async () => {
      const { sender, server, id } = await told();
      const { unit } = await single(sender);
      await scan(unit, 'STORED', 'NORTH', 10);

      await ask(`mutation ($id: ID!) { stopWebhook(id: $id) { state } }`, { id }, sender);
      await send();
      const meanwhile = server.heard.length;
      await ask(PROVE, { id }, sender);
      await send();

      expect(meanwhile).toBe(0);
      expect(server.heard.map(({ said }) => said.type)).toEqual(['webhook.test.v1', 'consignment.status.v1']);
    });
  });
});
