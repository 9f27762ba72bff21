import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { newId } from '../../../src/common';
import { RebuildUnits } from '../../../src/delivery';
import { ForgetReceivers } from '../../../src/delivery/messages/forget-receivers';
import type { TenantRef } from '../../../src/platform/context';
import { type SandboxMessage, SandboxSender } from '../../../src/platform/messaging';
import { write } from '../../harness/worlds/clinic';
import { addHourlyLegs, addHub } from '../../harness/worlds/hubs';
import { type Caller, country, inArea, testService, type TestService } from '../../harness/service';

const DOOR = `attempts { at reason hub } held heldUntil handover { at proof sha256 standing } directions { kind toHubId }`;
const CONSIGNMENT = `unit trackingCode status toHubId promisedAt dueAt planVersion runs { from to } door { ${DOOR} }`;
const ANSWER = `__typename ... on Consignment { ${CONSIGNMENT} } ... on Refusal { message }`;
const SEND = `mutation ($input: SendConsignmentInput!) { sent: sendConsignment(input: $input) { ${ANSWER} } }`;
const READ = `query ($unit: String!) { consignment(unit: $unit) { ${CONSIGNMENT} } }`;
const UNIT = `query ($code: String!) { handlingUnit(code: $code) { status anomalies { kind } } }`;
const SCANS = `mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome fault message } } }`;
const CHECK = `mutation ($input: CheckHandoverInput!) { checkHandover(input: $input) { __typename
  ... on HandoverSecretRight { unit } ... on HandoverSecretWrong { guessesLeft message } } }`;
const SECRET = `query ($unit: String!) { handoverSecret(unit: $unit) { unit code qrText qrSvg } }`;
const REDIRECT = `mutation ($input: RedirectConsignmentInput!) { redirectConsignment(input: $input) { ${ANSWER} } }`;
const RETURN = `mutation ($input: ReturnConsignmentInput!) { returnConsignment(input: $input) { ${ANSWER}
  ... on ConsignmentHandedOver { at } } }`;
const TRACK = `query ($code: String!) { trackConsignment(code: $code) {
  ... on Tracking { status destination dueAt heldUntil milestones { status place reason } } } }`;
const LABELS = `query ($units: [String!]!, $format: LabelFormat!) {
  consignmentLabels(units: $units, format: $format) { format document } }`;
const QUIET = `mutation ($code: String!, $quiet: Boolean!) { quietConsignment(code: $code, quiet: $quiet) }`;

const MINUTE = 60_000;
const PICTURE = createHash('sha256').update('a picture').digest('hex');

interface Scanned {
  step: string;
  hubId: string;
  at: string;
  clientId: string;
  units: string[];
  proof?: { kind: string; secret?: string; sha256?: string };
  failure?: string;
  holdDays?: number;
}

describe('the last mile of consignments', () => {
  let service: TestService;
  let tenant: TenantRef;
  let officer: Caller;
  let courier: Caller;
  let hubs: Record<'north' | 'south' | 'east', string>;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    const [north, south, east] = [
      await addHub(service, tenant, { code: 'NORTH' }),
      await addHub(service, tenant, { code: 'SOUTH' }),
      await addHub(service, tenant, { code: 'EAST', area: 1 }),
    ];
    hubs = { north, south, east };
    await addHourlyLegs(service, tenant, { from: north, to: south, minutes: 30 });
    await addHourlyLegs(service, tenant, { from: south, to: north, minutes: 30 });
    await addHourlyLegs(service, tenant, { from: south, to: east, minutes: 30 });
    officer = { tenant: 'aa', token: await service.tokenFor(tenant, [country('logistics-officer')]) };
    courier = { tenant: 'aa', token: await service.tokenFor(tenant, [country('courier')]) };
  }, 120_000);
  afterAll(() => service.stop());

  const ask = async (query: string, variables: Record<string, unknown>, as = officer) => {
    const answer = await service.graphql(query, variables, { language: 'en', ...as });
    expect(answer.errors).toBeUndefined();
    return answer.data;
  };
  const send = async (more: object = {}) => {
    const input = { kind: 'PARCEL', fromHubId: hubs.north, toHubId: hubs.south, ...more };
    return (await ask(SEND, { input: { idempotencyKey: newId(), ...input } })).sent;
  };
  const read = async (unit: string) => (await ask(READ, { unit })).consignment;
  const track = async (code: string, language = 'en') =>
    (await ask(TRACK, { code }, { tenant: 'aa', language })).trackConsignment;
  const secretOf = async (unit: string) => (await ask(SECRET, { unit })).handoverSecret;
  const ago = (minutes: number): string => new Date(Date.now() - minutes * MINUTE).toISOString();
  const scan = (unit: string, step: string, minutes: number, more: Partial<Scanned> = {}): Scanned => ({
    clientId: newId(),
    at: ago(minutes),
    step,
    hubId: hubs.south,
    units: [unit],
    ...more,
  });
  const capture = async (scans: readonly Scanned[], deviceId = 'device-0001') => {
    const { captureScans } = await ask(
      SCANS,
      { input: { deviceId, deviceTime: new Date().toISOString(), scans } },
      courier,
    );
    return captureScans.scans as { outcome: string; fault: string | null; message: string | null }[];
  };
  const taken = async (...scans: Scanned[]) => {
    expect((await capture(scans)).map(({ outcome, fault }) => [outcome, fault])).toEqual(
      scans.map(() => ['RECORDED', null]),
    );
    await service.carryFacts();
  };
  const check = async (unit: string, secret: string, more: object = {}) => {
    const input = { idempotencyKey: newId(), unit, kind: 'CODE', secret, ...more };
    return (await ask(CHECK, { input }, courier)).checkHandover;
  };
  const wrongOf = (code: string): string => (code === '000000' ? '000001' : '000000');

  describe('a hand-over', () => {
    it('is proven by the code that the receiver was told', async () => {
      const { unit } = await send();
      const { code } = await secretOf(unit);

      expect(code).toMatch(/^\d{6}$/);
      expect(await check(unit, ` ${code.slice(0, 3)} ${code.slice(3)} `)).toEqual({
        __typename: 'HandoverSecretRight',
        unit,
      });
      await taken(scan(unit, 'DELIVERED', 1, { proof: { kind: 'CODE', secret: code } }));

      expect((await read(unit)).door.handover).toMatchObject({
        proof: 'CODE',
        sha256: null,
        standing: 'PROVEN',
      });
    });

    it('is proven by the QR code that she shows, and attested by a picture', async () => {
      const [shown, signed] = [await send(), await send()];
      const { qrText, qrSvg } = await secretOf(shown.unit);

      await taken(
        scan(shown.unit, 'DELIVERED', 1, { proof: { kind: 'QR', secret: qrText } }),
        scan(signed.unit, 'DELIVERED', 1, {
          proof: { kind: 'SIGNATURE', sha256: PICTURE.toUpperCase() },
        }),
      );

      expect(qrSvg).toContain('<svg');
      expect((await read(shown.unit)).door.handover).toMatchObject({ proof: 'QR', standing: 'PROVEN' });
      expect((await read(signed.unit)).door.handover).toMatchObject({
        proof: 'SIGNATURE',
        sha256: PICTURE,
        standing: 'ATTESTED',
      });
    });

    it('that rests on a wrong code or on nothing is recorded as that: the thing is gone', async () => {
      const [guessed, given] = [await send(), await send()];
      const { code } = await secretOf(guessed.unit);

      await taken(
        scan(guessed.unit, 'DELIVERED', 1, { proof: { kind: 'CODE', secret: wrongOf(code) } }),
        scan(given.unit, 'DELIVERED', 1),
      );

      expect(await read(guessed.unit)).toMatchObject({
        status: 'DELIVERED',
        door: { handover: { standing: 'WRONG' } },
      });
      expect((await read(given.unit)).door.handover).toMatchObject({ proof: null, standing: 'NONE' });
    });

    it('is not proven any more by a code that was guessed at five times, a guess sent twice counting once', async () => {
      const { unit } = await send();
      const { code } = await secretOf(unit);
      const idempotencyKey = newId();

      const first = await check(unit, wrongOf(code), { idempotencyKey });
      const again = await check(unit, wrongOf(code), { idempotencyKey });
      const more = [];
      for (let guess = 2; guess <= 5; guess++) more.push((await check(unit, wrongOf(code))).guessesLeft);
      const tooLate = await check(unit, code);
      await taken(scan(unit, 'DELIVERED', 1, { proof: { kind: 'CODE', secret: code } }));

      expect([first.guessesLeft, again.guessesLeft]).toEqual([4, 4]);
      expect(more).toEqual([3, 2, 1, 0]);
      expect(tooLate).toMatchObject({ __typename: 'HandoverSecretWrong', guessesLeft: 0 });
      expect((await read(unit)).door.handover.standing).toBe('VOID');
    });

    it('cannot be guessed at from many devices at one moment', async () => {
      const { unit } = await send();
      const { code } = await secretOf(unit);

      const answers = await Promise.all(Array.from({ length: 12 }, () => check(unit, wrongOf(code))));

      expect(answers.map(({ guessesLeft }) => guessesLeft).sort((a, b) => b - a)).toEqual([
        4,
        3,
        2,
        1,
        ...Array.from({ length: 8 }, () => 0),
      ]);
    });

    it('has a secret that only whoever sent it reads, and each look is in the audit', async () => {
      const { unit } = await send();
      await secretOf(unit);
      const elsewhere = await service.tokenFor(tenant, [inArea('logistics-officer', newId())]);

      const [byCourier, byOther] = [
        await service.graphql(SECRET, { unit }, courier),
        await service.graphql(SECRET, { unit }, { tenant: 'aa', token: elsewhere }),
      ];
      const entries = await write(
        service,
        tenant,
        `SELECT FROM audit_entry WHERE action = 'consignment.read-secret' AND resource_id = $1`,
        [unit],
      );

      expect([byCourier, byOther].map(({ errors }) => errors![0]!.extensions.code)).toEqual([
        'FORBIDDEN',
        'FORBIDDEN',
      ]);
      expect(entries).toHaveLength(1);
    });
  });

  describe('a scan at the door', () => {
    it.each([
      ['a failure without a reason', { step: 'DELIVERY_FAILED' }, 'FAILURE'],
      ['a reason without a failure', { step: 'DELIVERED', failure: 'REFUSED' }, 'FAILURE'],
      ['a hold of no days', { step: 'HELD_FOR_PICKUP', holdDays: 0 }, 'HOLD'],
      ['days of what is not held', { step: 'ARRIVED', holdDays: 3 }, 'HOLD'],
      ['a proof of no delivery', { step: 'ARRIVED', proof: { kind: 'CODE', secret: '123456' } }, 'PROOF'],
      ['a code that was not said', { step: 'DELIVERED', proof: { kind: 'CODE' } }, 'PROOF'],
      ['a photo without its hash', { step: 'DELIVERED', proof: { kind: 'PHOTO', sha256: 'no' } }, 'PROOF'],
      [
        'one code for two units',
        { step: 'DELIVERED', units: ['UNIT-1', 'UNIT-2'], proof: { kind: 'CODE', secret: '123456' } },
        'PROOF',
      ],
    ])('that tells of %s is refused in words', async (_, more, fault) => {
      const [answer] = await capture([{ ...scan(`UNIT-${newId()}`, 'ARRIVED', 1), ...more }]);

      expect(answer).toMatchObject({ outcome: 'REFUSED', fault });
      expect(answer!.message).not.toContain('delivery.');
    });

    it('tells why nothing was handed over, and until when it waits to be picked up', async () => {
      const { unit, trackingCode } = await send();

      await taken(
        scan(unit, 'OUT_FOR_DELIVERY', 50),
        scan(unit, 'DELIVERY_FAILED', 40, { failure: 'NOBODY_THERE' }),
        scan(unit, 'OUT_FOR_DELIVERY', 30),
        scan(unit, 'DELIVERY_FAILED', 20, { failure: 'REFUSED' }),
        scan(unit, 'HELD_FOR_PICKUP', 10, { holdDays: 7 }),
      );
      const { door } = await read(unit);
      const tracked = await track(trackingCode);

      expect(door).toMatchObject({
        attempts: [
          { reason: 'NOBODY_THERE', hub: 'Hub SOUTH' },
          { reason: 'REFUSED', hub: 'Hub SOUTH' },
        ],
        held: true,
        heldUntil: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        handover: null,
      });
      expect(tracked).toMatchObject({ status: 'READY_FOR_PICKUP', heldUntil: door.heldUntil });
      expect(tracked.milestones.map(({ status, reason }: never) => [status, reason])).toEqual([
        ['OUT_FOR_DELIVERY', null],
        ['DELIVERY_FAILED', 'NOBODY_THERE'],
        ['OUT_FOR_DELIVERY', null],
        ['DELIVERY_FAILED', 'REFUSED'],
        ['READY_FOR_PICKUP', null],
      ]);
    });

    it('after the hand-over is an anomaly and changes nothing', async () => {
      const { unit, trackingCode } = await send();

      await taken(
        scan(unit, 'DELIVERED', 30, { proof: { kind: 'PHOTO', sha256: PICTURE } }),
        scan(unit, 'DELIVERY_FAILED', 20, { failure: 'REFUSED' }),
        scan(unit, 'RETURNED', 10),
      );

      expect((await ask(UNIT, { code: unit })).handlingUnit).toEqual({
        status: 'DELIVERED',
        anomalies: [{ kind: 'scan_after_delivery' }, { kind: 'scan_after_delivery' }],
      });
      expect((await read(unit)).door).toMatchObject({ attempts: [], handover: { standing: 'ATTESTED' } });
      expect((await track(trackingCode)).milestones.map(({ status }: { status: string }) => status)).toEqual([
        'DELIVERED',
      ]);
    });
  });

  it('ends the same however late, often and shuffled it is told of, from four devices at once', async () => {
    const story = (unit: string, code: string): Scanned[] => [
      scan(unit, 'ACCEPTED', 90, { hubId: hubs.north }),
      scan(unit, 'DEPARTED', 80, { hubId: hubs.north }),
      scan(unit, 'ARRIVED', 70),
      scan(unit, 'OUT_FOR_DELIVERY', 60),
      scan(unit, 'DELIVERY_FAILED', 50, { failure: 'PLACE_CLOSED' }),
      scan(unit, 'HELD_FOR_PICKUP', 40, { holdDays: 3 }),
      scan(unit, 'DELIVERED', 30, { proof: { kind: 'CODE', secret: wrongOf(code) } }),
      scan(unit, 'DELIVERED', 20, { proof: { kind: 'CODE', secret: code } }),
      scan(unit, 'RETURNED', 10),
    ];
    const parcels = await Promise.all(Array.from({ length: 4 }, () => send()));
    const codes = await Promise.all(parcels.map(({ unit }) => secretOf(unit)));
    const stories = parcels.map(({ unit }, at) => story(unit, codes[at]!.code));
    // The first is told in order and once; the others shuffled, each device all of it, so that each scan comes four times.
    await taken(...stories[0]!);
    const others = stories.slice(1).flat();
    const orders = fc.sample(fc.shuffledSubarray(others, { minLength: others.length }), 4);
    await Promise.all(
      orders.map(async order => {
        for (let from = 0; from < order.length; from += 5)
          await capture(order.slice(from, from + 5), 'device-0002');
      }),
    );
    await service.carryFacts();

    const plain = ({ status, door }: { status: string; door: object }) =>
      JSON.stringify({ status, door }).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'instant');
    const ends = await Promise.all(parcels.map(async ({ unit }) => plain(await read(unit))));
    const rebuilt = await service.app.get(RebuildUnits).run(service.contextOf(tenant));

    expect(new Set(ends).size).toBe(1);
    expect(JSON.parse(ends[0]!)).toMatchObject({
      status: 'DELIVERED',
      door: { attempts: [{ reason: 'PLACE_CLOSED' }], handover: { standing: 'WRONG' } },
    });
    expect(rebuilt).toEqual({ units: 0, steps: 0, anomalies: 0 });
  }, 60_000);

  describe('a consignment on its way', () => {
    const redirect = async (unit: string, more: object, as = officer) =>
      (await ask(REDIRECT, { input: { idempotencyKey: newId(), unit, ...more } }, as)).redirectConsignment;
    const sendBack = async (unit: string, key = newId()) =>
      (await ask(RETURN, { input: { idempotencyKey: key, unit } })).returnConsignment;

    it('goes to another hub from where it is, and keeps its promise', async () => {
      const { unit, promisedAt, trackingCode } = await send();
      await taken(scan(unit, 'ARRIVED', 1));

      const redirected = await redirect(unit, { toHubId: hubs.east });

      expect(redirected).toMatchObject({
        __typename: 'Consignment',
        toHubId: hubs.east,
        promisedAt,
        runs: [{ from: 'Hub SOUTH', to: 'Hub EAST' }],
        door: { directions: [{ kind: 'REDIRECT', toHubId: hubs.east }] },
      });
      expect(await track(trackingCode)).toMatchObject({
        status: 'REDIRECTED',
        destination: 'Hub EAST',
        milestones: [{ status: 'AT_HUB' }, { status: 'REDIRECTED', place: null }],
      });
    });

    it('goes back to where it came from, once, and is handed back there for good', async () => {
      const { unit, trackingCode } = await send();
      await taken(scan(unit, 'ARRIVED', 5), scan(unit, 'DELIVERY_FAILED', 4, { failure: 'REFUSED' }));
      const key = newId();

      const [first, again] = [await sendBack(unit, key), await sendBack(unit, key)];
      await taken(scan(unit, 'RETURNED', 0, { hubId: hubs.north }));

      expect(first).toMatchObject({ toHubId: hubs.north, door: { directions: [{ kind: 'RETURN' }] } });
      expect(again).toEqual(first);
      expect(await track(trackingCode)).toMatchObject({ status: 'RETURNED', dueAt: null });
      expect(await sendBack(unit)).toMatchObject({ __typename: 'ConsignmentHandedOver' });
    });

    it('is not sent to where nothing leads, and stays as it was', async () => {
      const { unit, toHubId, dueAt } = await send({ fromHubId: hubs.south, toHubId: hubs.east });
      await taken(scan(unit, 'ARRIVED', 1, { hubId: hubs.east }));

      expect(await redirect(unit, { toHubId: hubs.north })).toMatchObject({ __typename: 'NoRoute' });
      expect(await read(unit)).toMatchObject({ toHubId, dueAt, door: { directions: [] } });
    });

    it('is directed by whoever sends from there or hands out there, and by nobody else', async () => {
      const { unit } = await send();
      const [area] = await write<{ id: string }>(
        service,
        tenant,
        `SELECT area_id AS id FROM hub WHERE id = $1`,
        [hubs.east],
      );
      const stranger = await service.tokenFor(tenant, [inArea('logistics-officer', area!.id)]);

      const { errors } = await service.graphql(
        RETURN,
        { input: { idempotencyKey: newId(), unit } },
        { tenant: 'aa', token: stranger },
      );

      expect(errors![0]!.extensions.code).toBe('FORBIDDEN');
    });
  });

  describe('a label', () => {
    it('is printed for whoever packs, as a page or for a label printer, and bears no tracking code', async () => {
      const { unit, trackingCode } = await send();

      const pdf = (await ask(LABELS, { units: [unit], format: 'PDF' })).consignmentLabels;
      const zpl = (await ask(LABELS, { units: [unit], format: 'ZPL' })).consignmentLabels;

      expect(Buffer.from(pdf.document, 'base64').toString('latin1', 0, 5)).toBe('%PDF-');
      expect(zpl.document).toContain(`^FD${unit}^FS`);
      expect(zpl.document).not.toContain(trackingCode);
      expect(unit).not.toBe(trackingCode);
    });

    it('is of a consignment: of nothing else is there one, and of a hundred at the most', async () => {
      const [unknown, none] = [
        await service.graphql(LABELS, { units: ['NO-SUCH-UNIT'], format: 'PDF' }, officer),
        await service.graphql(LABELS, { units: [], format: 'PDF' }, officer),
      ];

      expect([unknown, none].map(({ errors }) => errors![0]!.extensions.code)).toEqual([
        'NOT_FOUND',
        'INVALID_INPUT',
      ]);
    });
  });

  describe('whoever waits', () => {
    let phones = 0;
    const newPhone = (): string => `017${String(10_000_000 + phones++)}`;
    const messagesTo = async (phone: string): Promise<SandboxMessage[]> => {
      await service.carryFacts();
      const all = await service.app.get(SandboxSender).latest(service.contextOf(tenant));
      return all.filter(({ receiver }) => receiver.endsWith(phone.slice(1))).reverse();
    };

    it('is told of each milestone once, in her language, with the code when it comes, and never what it is', async () => {
      const phone = newPhone();
      const { unit, trackingCode } = await send({
        kind: 'CERTIFICATE',
        receiver: { phone, language: 'bn' },
      });
      const { code } = await secretOf(unit);
      const scans = [
        scan(unit, 'ACCEPTED', 9, { hubId: hubs.north }),
        scan(unit, 'ARRIVED', 8),
        scan(unit, 'OUT_FOR_DELIVERY', 7),
        scan(unit, 'DELIVERY_FAILED', 6, { failure: 'NOBODY_THERE' }),
        scan(unit, 'HELD_FOR_PICKUP', 5, { holdDays: 5 }),
        scan(unit, 'DELIVERED', 4, { proof: { kind: 'CODE', secret: code } }),
      ];

      for (const one of scans) await taken(one);
      await capture(scans);
      const messages = await messagesTo(phone);

      expect(messages.map(({ language }) => language)).toEqual(Array.from({ length: 5 }, () => 'bn'));
      expect(messages.map(({ text }) => text.includes(trackingCode))).toEqual([true, true, true, true, true]);
      expect(messages.map(({ text }) => text.includes(code))).toEqual([false, true, false, true, false]);
      expect(messages[3]!.text).toContain('কেন্দ্র SOUTH');
      expect(messages.map(({ text }) => text).join()).not.toMatch(/CERTIFICATE|delivery\./);
    });

    it('is told only of the newest when a device tells of all of it at once, late', async () => {
      const phone = newPhone();
      const { unit } = await send({ receiver: { phone, language: 'en' } });

      await taken(scan(unit, 'DELIVERED', 4));
      await taken(scan(unit, 'OUT_FOR_DELIVERY', 7), scan(unit, 'ACCEPTED', 9));

      expect((await messagesTo(phone)).map(({ text }) => text)).toEqual([
        expect.stringContaining('was handed over'),
      ]);
    });

    it('is told nothing when she wants it quiet, by the sender or by her own code', async () => {
      const [one, other] = [newPhone(), newPhone()];
      const asked = await send({ receiver: { phone: one, quiet: true } });
      const heard = await send({ receiver: { phone: other } });

      const answers = [
        await ask(QUIET, { code: heard.trackingCode.toLowerCase(), quiet: true }, { tenant: 'aa' }),
        await ask(QUIET, { code: '0000-0000-0000', quiet: true }, { tenant: 'aa' }),
      ];
      await taken(scan(asked.unit, 'DELIVERED', 2), scan(heard.unit, 'OUT_FOR_DELIVERY', 3));
      await ask(QUIET, { code: heard.trackingCode, quiet: false }, { tenant: 'aa' });
      await taken(scan(heard.unit, 'DELIVERED', 1));

      expect(answers).toEqual([{ quietConsignment: true }, { quietConsignment: true }]);
      expect(await messagesTo(one)).toEqual([]);
      expect((await messagesTo(other)).map(({ text }) => text)).toEqual([expect.stringContaining('হস্তান্তর')]);
    });

    it('has a phone that the country takes, kept sealed and forgotten after ninety days', async () => {
      const phone = newPhone();
      const input = { kind: 'PARCEL', fromHubId: hubs.north, toHubId: hubs.south };
      const wrong = await service.graphql(
        SEND,
        { input: { idempotencyKey: newId(), ...input, receiver: { phone: '12' } } },
        officer,
      );
      const wordy = await service.graphql(
        SEND,
        { input: { idempotencyKey: newId(), ...input, receiver: { phone, language: 'x'.repeat(36) } } },
        officer,
      );
      const { unit } = await send({ receiver: { phone } });
      const rowsOf = () =>
        write<{ row: string }>(
          service,
          tenant,
          `SELECT row_to_json(r)::text AS row FROM consignment_receiver r WHERE unit_id = $1`,
          [unit],
        );
      const [kept] = await rowsOf();

      const later = new Date(Date.now() + 91 * 86_400_000);
      await service.app.get(ForgetReceivers).run(service.contextOf(tenant, { now: () => later }));

      expect(wrong.errors![0]!.extensions.code).toBe('INVALID_INPUT');
      expect(wordy.errors?.[0]!.extensions.faults).toMatchObject([{ path: 'receiver.language' }]);
      expect(kept!.row).not.toContain(phone.slice(1));
      expect(await rowsOf()).toEqual([]);
    });
  });
});
