import { newId } from '../../../src/common';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { type SandboxMessage, SandboxSender } from '../../../src/platform/messaging';
import { TenantKeys } from '../../../src/tenancy';
import { certificateOfADose, type CertificateInHand } from '../../harness/worlds/certificate-in-hand';
import { addFacility, addPerson, write } from '../../harness/worlds/clinic';
import { addHourlyLegs, addHub } from '../../harness/worlds/hubs';
import { atFacility, type Caller, country, testService, type TestService } from '../../harness/service';

const PRINT = `mutation ($input: PrintCertificatesInput!) { printCertificates(input: $input) { id } }`;
const POST = `mutation ($input: PostPrintRunInput!) { postPrintRun(input: $input) {
  posted { personId certificateId unit postedAt } notPosted { personId fault } } }`;
const OWN = `query ($personId: ID!) { certificate(personId: $personId) { certificate { id
  posts { postedAt trackingCode handoverCode tracking { status destination milestones { status place } } } } } }`;
const SCANS = `mutation ($input: CaptureScansInput!) { captureScans(input: $input) { scans { outcome fault } } }`;
const UNIT = `query ($code: String!) { handlingUnit(code: $code) { status container } }`;
const READ = `query ($unit: String!) { consignment(unit: $unit) { kind door { handover { standing } } } }`;

describe('printed certificates by post', () => {
  let service: TestService;
  let tenant: TenantRef;
  let facilityId: string;
  let sorter: Caller;
  let hubs: Record<'here' | 'there', string>;
  let holder: CertificateInHand;
  let holderAccount: string;
  let homeless: CertificateInHand;
  let doseless: string;

  const staff = async (
    query: string,
    variables: object,
    grant: Grant = atFacility('registrar', facilityId),
  ) => {
    const token = await service.tokenFor(tenant, [grant]);
    return service.graphql(query, { ...variables }, { tenant: 'aa', token, language: 'en' });
  };
  const print = async (personIds: string[]): Promise<string> => {
    const { data } = await staff(PRINT, { input: { idempotencyKey: newId(), facilityId, personIds } });
    await service.runJobs();
    return data.printCertificates.id;
  };
  const post = async (runId: string, personIds: string[]) => {
    const { data, errors } = await staff(POST, { input: { facilityId, runId, personIds } });
    expect(errors).toBeUndefined();
    return data.postPrintRun;
  };
  const postsOf = async (as: Caller) => {
    const { data, errors } = await service.graphql(
      OWN,
      { personId: holder.personId },
      { language: 'en', ...as },
    );
    expect(errors).toBeUndefined();
    return data.certificate.certificate.posts;
  };
  const scan = async (units: string[], step: string, hubId: string, minutes: number, more: object = {}) => {
    const at = new Date(Date.now() - minutes * 60_000).toISOString();
    const input = {
      deviceId: 'device-0001',
      deviceTime: new Date().toISOString(),
      scans: [{ clientId: newId(), at, step, hubId, units, ...more }],
    };
    const { data } = await service.graphql(SCANS, { input }, sorter);
    expect(data.captureScans.scans).toEqual([{ outcome: 'RECORDED', fault: null }]);
    await service.carryFacts();
  };

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'gh');
    facilityId = (await addFacility(service, tenant)).id;
    const [here, there] = [
      await addHub(service, tenant, { code: 'HERE' }),
      await addHub(service, tenant, { code: 'THERE', area: 1 }),
    ];
    hubs = { here, there };
    await write(service, tenant, `UPDATE hub SET facility_id = $2 WHERE id = $1`, [here, facilityId]);
    await write(service, tenant, `INSERT INTO hub_service_area SELECT id, area_id FROM hub WHERE id = $1`, [
      there,
    ]);
    await addHourlyLegs(service, tenant, { from: here, to: there, minutes: 30 });
    [holder, homeless] = [
      await certificateOfADose(service, tenant),
      await certificateOfADose(service, tenant),
    ];
    holderAccount = await accountOf(holder.personId);
    await write(
      service,
      tenant,
      `UPDATE person SET area_id = (SELECT area_id FROM hub WHERE id = $2) WHERE person_id = $1`,
      [holder.personId, there],
    );
    await write(service, tenant, `UPDATE person SET area_id = NULL WHERE person_id = $1`, [
      homeless.personId,
    ]);
    doseless = await addPerson(service, tenant, '2025-01-01', {});
    const phone = { table: 'citizen_account', column: 'phone_sealed', row: holderAccount };
    const sealed = await service.app.get(TenantKeys).seal(service.contextOf(tenant), phone, '+233241234567');
    await write(
      service,
      tenant,
      `INSERT INTO citizen_account (id, phone_index, phone_sealed, created_at) VALUES ($1, $2, $3, now())`,
      [holderAccount, Buffer.from(holderAccount), sealed],
    );
    sorter = { tenant: 'aa', token: await service.tokenFor(tenant, [country('logistics-officer')]) };
  }, 180_000);
  afterAll(() => service.stop());

  /** The citizen who acts for her. */
  const accountOf = async (personId: string): Promise<string> => {
    const [row] = await write<{ id: string }>(
      service,
      tenant,
      `SELECT account_id AS id FROM person_account WHERE person_id = $1`,
      [personId],
    );
    return row!.id;
  };

  it('go from the print run to the door, and the holder sees the way and has the code', async () => {
    const runId = await print([holder.personId]);
    const { posted } = await post(runId, [holder.personId]);
    const [{ unit, certificateId }] = posted;
    await scan([unit], 'ACCEPTED', hubs.here, 9);
    await scan([unit], 'PACKED', hubs.here, 8, { container: 'BAG-0001' });
    await scan(['BAG-0001'], 'DEPARTED', hubs.here, 7);
    await scan(['BAG-0001'], 'ARRIVED', hubs.there, 6);
    await scan([unit], 'UNPACKED', hubs.there, 5, { container: 'BAG-0001' });
    await scan([unit], 'OUT_FOR_DELIVERY', hubs.there, 4);
    const citizen = {
      tenant: 'aa',
      token: await service.tokenFor(
        tenant,
        [{ role: 'citizen', reach: { kind: 'self', id: holderAccount } }],
        'citizen',
        holderAccount,
      ),
    };

    const [way] = await postsOf(citizen);
    await scan([unit], 'DELIVERED', hubs.there, 1, { proof: { kind: 'CODE', secret: way.handoverCode } });

    expect(way).toMatchObject({
      handoverCode: expect.stringMatching(/^\d{6}$/),
      tracking: { status: 'OUT_FOR_DELIVERY', destination: 'Hub THERE' },
    });
    expect(way.trackingCode).not.toBe(unit);
    expect((await postsOf(citizen))[0].tracking.status).toBe('DELIVERED');
    expect((await service.graphql(UNIT, { code: unit }, sorter)).data.handlingUnit).toEqual({
      status: 'DELIVERED',
      container: null,
    });
    expect((await service.graphql(READ, { unit }, sorter)).data.consignment).toEqual({
      kind: 'CERTIFICATE',
      door: { handover: { standing: 'PROVEN' } },
    });
    const messages = (await service.app.get(SandboxSender).latest(service.contextOf(tenant))).filter(
      ({ text }: SandboxMessage) => text.includes(way.trackingCode),
    );
    expect(messages).toHaveLength(3); // taken over, comes, handed over
    const audited = await write(
      service,
      tenant,
      `SELECT FROM audit_entry WHERE action = 'certificate.post' AND person_id = $1 AND resource_id = $2`,
      [holder.personId, certificateId],
    );
    expect(audited).toHaveLength(1);
  }, 60_000);

  it('are seen by staff who read certificates, without the code that is the holder’s', async () => {
    const token = await service.tokenFor(tenant, [atFacility('registrar', facilityId)]);

    const [way] = await postsOf({ tenant: 'aa', token });

    expect(way.handoverCode).toBeNull();
    expect(way.tracking.milestones.length).toBeGreaterThan(3);
  });

  it('are sent once of a run, however often it is asked for, and who has none or lives nowhere is told', async () => {
    const people = [holder.personId, homeless.personId, doseless];
    const runId = await print(people);

    const first = await post(runId, people);
    const again = await post(runId, people);

    expect(first.posted.map(({ personId }: { personId: string }) => personId)).toEqual([holder.personId]);
    expect(first.notPosted).toEqual([
      { personId: homeless.personId, fault: 'NO_AREA' },
      { personId: doseless, fault: 'NO_CERTIFICATE' },
    ]);
    expect(again).toEqual(first);
  });

  it('are posted by who prints there, of a run and people that are', async () => {
    const runId = await print([holder.personId]);
    const input = { facilityId, runId, personIds: [holder.personId] };
    const codes = await Promise.all(
      [
        staff(POST, { input }, atFacility('registrar', newId())),
        staff(POST, { input }, atFacility('vaccinator', facilityId)),
        staff(POST, { input: { ...input, runId: newId() } }),
        staff(POST, { input: { ...input, personIds: [homeless.personId] } }),
      ].map(async answer => (await answer).errors![0]!.extensions.code),
    );

    expect(codes).toEqual(['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', 'INVALID_INPUT']);
  });
});
