import { newId } from '../../../src/common';
import { RebuildUnits } from '../../../src/delivery';
import type { TenantRef } from '../../../src/platform/context';
import { write } from '../../harness/worlds/clinic';
import { addHub } from '../../harness/worlds/hubs';
import { type Caller, country, inArea, testService, type TestService } from '../../harness/service';

const SCAN = `clientId outcome fault message anomalies { kind unit }`;
const ONE = `mutation ($input: CaptureScanInput!) { captureScan(input: $input) { ${SCAN} } }`;
const MANY = `mutation ($input: CaptureScansInput!) { captureScans(input: $input) { clockOffsetSeconds scans { ${SCAN} } } }`;
const UNIT = `query ($code: String!) { handlingUnit(code: $code) { code status hubId container
  steps { at status hub container } anomalies { kind } } }`;

describe('scans of handling units', () => {
  let service: TestService;
  let tenant: TenantRef;
  let sorter: Caller;
  let hub: string;
  let other: string;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    hub = await addHub(service, tenant, { code: 'EAST' });
    other = await addHub(service, tenant, { code: 'WEST', area: 1 });
    sorter = { tenant: 'aa', token: await service.tokenFor(tenant, [country('hub-sorter')]) };
  }, 120_000);
  afterAll(() => service.stop());

  const code = () => `U-${newId()}`.toUpperCase();
  const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  const scan = (step: string, units: string[], more: object = {}) => ({
    clientId: newId(),
    at: minutesAgo(1),
    step,
    hubId: hub,
    units,
    ...more,
  });
  const device = () => ({ deviceId: `device-${newId()}`, deviceTime: new Date().toISOString() });
  const send = async (scans: object[], as = sorter, from = device()) => {
    const answer = await service.graphql(MANY, { input: { ...from, scans } }, as);
    expect(answer.errors).toBeUndefined();
    return answer.data.captureScans;
  };
  const unitOf = async (unit: string) => {
    const answer = await service.graphql(UNIT, { code: unit }, sorter);
    expect(answer.errors).toBeUndefined();
    return answer.data.handlingUnit;
  };

  it('say where a unit is, and the way it came in what it was packed in', async () => {
    const [parcel, bag] = [code(), code()];

    await send([
      scan('ACCEPTED', [parcel], { at: minutesAgo(50) }),
      scan('PACKED', [parcel], { at: minutesAgo(40), container: bag }),
      scan('DEPARTED', [bag], { at: minutesAgo(30) }),
      scan('ARRIVED', [bag], { at: minutesAgo(20), hubId: other }),
    ]);

    const unit = await unitOf(parcel.toLowerCase());
    expect(unit).toMatchObject({ code: parcel, status: 'AT_HUB', hubId: other, container: bag });
    expect(unit.steps.map((step: { status: string; hub: string }) => [step.status, step.hub])).toEqual([
      ['ACCEPTED', 'Hub EAST'],
      ['AT_HUB', 'Hub EAST'],
      ['IN_TRANSIT', null],
      ['AT_HUB', 'Hub WEST'],
    ]);
  });

  it('that come late change what came after them, and not what is so now', async () => {
    const [parcel, bag] = [code(), code()];
    await send([scan('ACCEPTED', [parcel], { at: minutesAgo(50) })]);
    await send([scan('ARRIVED', [bag], { at: minutesAgo(10), hubId: other })]);

    const late = await send([scan('PACKED', [parcel], { at: minutesAgo(40), container: bag })]);

    expect(late.scans[0].outcome).toBe('RECORDED');
    expect(await unitOf(parcel)).toMatchObject({ status: 'AT_HUB', hubId: other, container: bag });
  });

  it('are one however often and by whomever they are sent', async () => {
    const [parcel, from] = [code(), device()];
    const same = scan('ACCEPTED', [parcel]);

    const first = await send([same, same], sorter, from);
    const again = await send([same], { ...sorter }, from);

    expect(first.scans.map((one: { outcome: string }) => one.outcome)).toEqual(['RECORDED', 'RECORDED']);
    expect(again.scans[0].outcome).toBe('ALREADY_RECORDED');
    expect((await unitOf(parcel)).steps).toHaveLength(1);
  });

  it('of two units are two, though the device gave both one id', async () => {
    const [parcel, bag, box, from] = [code(), code(), code(), device()];
    const packed = scan('PACKED', [parcel], { at: minutesAgo(9), container: bag });
    await send([packed], sorter, from);
    await send([scan('STORED', [box], { at: minutesAgo(2) })], sorter, from);

    // Late for the box, so that what happened since is told anew, the first scan of that id among it.
    const { scans } = await send(
      [{ ...packed, units: [parcel], container: box, at: minutesAgo(8) }],
      sorter,
      from,
    );

    expect(scans).toMatchObject([{ outcome: 'RECORDED' }]);
    expect((await unitOf(parcel)).steps).toHaveLength(3);
    expect(await unitOf(parcel)).toMatchObject({ container: box });
    expect(await unitOf(bag)).toMatchObject({ code: bag });
  });

  it('show what went wrong', async () => {
    const [parcel, bag] = [code(), code()];

    const { scans } = await send([
      scan('PACKED', [parcel], { at: minutesAgo(9), container: bag }),
      scan('STORED', [parcel], { at: minutesAgo(8) }),
      scan('DELIVERED', [parcel], { at: minutesAgo(7) }),
      scan('DEPARTED', [parcel], { at: minutesAgo(6) }),
    ]);

    expect(
      scans.map((one: { anomalies: { kind: string }[] }) => one.anomalies.map(({ kind }) => kind)),
    ).toEqual([[], ['seen_outside_container'], [], ['scan_after_delivery']]);
    expect(await unitOf(parcel)).toMatchObject({
      status: 'DELIVERED',
      anomalies: [{ kind: 'seen_outside_container' }, { kind: 'scan_after_delivery' }],
    });
  });

  it('that cannot be taken say why, and leave the others as they are', async () => {
    const good = code();
    const wrong = (step: string, units: string[], more: object = {}) => scan(step, units, more);

    const { scans } = await send([
      wrong('STORED', ['no']),
      wrong('STORED', ['106141412345678907']),
      wrong('STORED', ['RR123456786SE']),
      wrong('STORED', []),
      wrong('PACKED', [code()]),
      wrong('STORED', [code()], { hubId: newId() }),
      wrong('STORED', [code()], { at: '2999-01-01T00:00:00Z' }),
      wrong('STORED', [code()], { clientId: 'short' }),
      wrong('STORED', [good]),
    ]);

    expect(scans.map((one: { fault: string | null }) => one.fault)).toEqual([
      'CODE',
      'SSCC',
      'S10',
      'UNITS',
      'CONTAINER',
      'HUB',
      'CLOCK',
      'CLIENT_ID',
      null,
    ]);
    expect(scans[0].message).toContain('code');
    expect((await unitOf(good)).status).toBe('AT_HUB');
  });

  it('are taken only at the hubs of whoever sends them', async () => {
    const [area] = await write<{ id: string }>(
      service,
      tenant,
      `SELECT area_id AS id FROM hub WHERE id = $1`,
      [hub],
    );
    const token = await service.tokenFor(tenant, [inArea('courier', area!.id)]);

    const { scans } = await send([scan('STORED', [code()]), scan('STORED', [code()], { hubId: other })], {
      tenant: 'aa',
      token,
    });

    expect(scans.map((one: { fault: string | null }) => one.fault)).toEqual([null, 'NOT_YOUR_HUB']);
  });

  it('of a device whose clock is wrong are put where they belong', async () => {
    const [parcel, hourMs] = [code(), 3_600_000];
    const from = { deviceId: `device-${newId()}`, deviceTime: new Date(Date.now() + hourMs).toISOString() };

    const { clockOffsetSeconds } = await send(
      [scan('STORED', [parcel], { at: new Date(Date.now() + hourMs - 60_000).toISOString() })],
      sorter,
      from,
    );

    const [{ at }] = (await unitOf(parcel)).steps;
    expect(clockOffsetSeconds).toBeLessThan(-3_500);
    expect(Date.parse(at)).toBeLessThan(Date.now());
  });

  it('that are made one by one at the same moment each have their own answer', async () => {
    const units = Array.from({ length: 40 }, code);

    const answers = await Promise.all(
      units.map(unit =>
        service.graphql(ONE, { input: { ...device(), scan: scan('ACCEPTED', [unit]) } }, sorter),
      ),
    );

    expect(answers.map(({ data }) => data.captureScan.outcome)).toEqual(units.map(() => 'RECORDED'));
    expect((await unitOf(units[39]!)).status).toBe('ACCEPTED');
  });

  it('can be told anew, and put right what is stored', async () => {
    const parcel = code();
    await send([scan('ACCEPTED', [parcel])]);
    const rebuild = () => service.app.get(RebuildUnits).run(service.contextOf(tenant));
    const whole = await rebuild();
    await write(service, tenant, `UPDATE unit_state SET status = 'DELIVERED' WHERE unit_id = $1`, [parcel]);

    const differences = await rebuild();

    expect(whole).toEqual({ units: 0, steps: 0, anomalies: 0 });
    expect(differences).toEqual({ units: 2, steps: 0, anomalies: 0 });
    expect((await unitOf(parcel)).status).toBe('ACCEPTED');
  });

  it('of a unit that nobody scanned are not found', async () => {
    const { errors } = await service.graphql(UNIT, { code: code() }, sorter);

    expect(errors![0]!.extensions.code).toBe('NOT_FOUND');
  });
});
