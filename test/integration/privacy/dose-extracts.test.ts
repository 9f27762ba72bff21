import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { addFacility, addPerson, addStaff, addStock, write } from '../../harness/worlds/clinic';
import { type Caller, country, testService, type TestService } from '../../harness/service';

const REQUEST = `mutation ($input: RequestDoseExtractInput!) { requestDoseExtract(input: $input) { id state } }`;
const DECIDE = `mutation ($input: DecideDoseExtractInput!) { decideDoseExtract(input: $input) { __typename
  ... on DoseExtract { state } } }`;
const EXTRACT = `query ($id: ID!) { doseExtract(id: $id) { state fewest suppressed } }`;
const CELLS = `query ($id: ID!, $after: String) { doseExtractCells(id: $id, first: 1, after: $after) {
  endCursor items { month areaId ageBand sex vaccine persons } } }`;
const NOWHERE = '00000000-0000-0000-0000-000000000000';

describe('figures for research', () => {
  let service: TestService;
  let tenant: TenantRef;
  let analyst: Caller;
  let officer: Caller;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa', 'bd');
    const { id: facilityId } = await addFacility(service, tenant);
    const lotId = await addStock(service, tenant, {
      facilityId,
      product: 'bcg-20',
      doses: 100,
      expiresOn: '2099-12-31',
    });
    const given = { facilityId, lotId, vaccinatorId: await addStaff(service, tenant) };
    for (let girl = 0; girl < 10; girl++)
      await dose(await addPerson(service, tenant, '2023-11-01'), given, '2024-02-10');
    for (let boy = 0; boy < 9; boy++) await dose(await addPerson(service, tenant, '2023-11-01', { sex: 'male' }), given, '2024-02-10'); // prettier-ignore
    for (let girl = 0; girl < 11; girl++)
      await dose(await addPerson(service, tenant, '2023-11-01'), given, '2024-03-10');
    const as = async (role: string): Promise<Caller> => ({
      tenant: 'aa',
      token: await service.tokenFor(tenant, [country(role)]),
    });
    analyst = await as('analyst');
    officer = await as('data-protection-officer');
  }, 240_000);
  afterAll(() => service.stop());

  /** A dose of long ago, as the register keeps it. */
  async function dose(
    personId: string,
    at: { facilityId: string; lotId: string; vaccinatorId: string },
    on: string,
  ): Promise<void> {
    await write(
      service,
      tenant,
      `INSERT INTO vaccination (person_id, id, kind, drawn_as, product_code, vaccine_code, lot_id, lot_number, lot_expires_on,
         facility_id, given_on, route, vaccinator_id, presence, counted, schedule_code, schedule_version, recorded_by,
         recorded_at, first_recorded_by, first_recorded_at)
       VALUES ($1, $2, 'given', $2, 'bcg-20', 'bcg', $3, 'L', '2099-12-31', $4, $5, 'ID', $6, 'WALK_IN', '[]', 's', '1', $6, now(), $6, now())`,
      [personId, newId(), at.lotId, at.facilityId, on, at.vaccinatorId],
    );
  }
  const ask = (fromMonth: string, untilMonth: string, as = analyst) =>
    service.graphql(
      REQUEST,
      { input: { fromMonth, untilMonth, purpose: 'a study of coverage', idempotencyKey: newId() } },
      as,
    );
  const decide = (extractId: string, as = officer, approve = true) =>
    service.graphql(DECIDE, { input: { extractId, approve } }, as);

  it('are made when the officer approves, and say nothing about fewer than ten people', async () => {
    const { data } = await ask('2024-02-01', '2024-03-01');
    const { id } = data.requestDoseExtract as { id: string };
    const before = await service.graphql(CELLS, { id }, analyst);
    await decide(id);
    await service.runJobs();

    const extract = await service.graphql(EXTRACT, { id }, analyst);
    const first = await service.graphql(CELLS, { id }, analyst);
    const after = first.data.doseExtractCells.endCursor as string;
    const second = await service.graphql(CELLS, { id, after }, analyst);

    const cell = { areaId: NOWHERE, ageBand: '0', sex: 'female', vaccine: 'bcg' };
    expect(before.data.doseExtractCells.items).toEqual([]);
    expect(extract.data.doseExtract).toEqual({ state: 'READY', fewest: 10, suppressed: 1 });
    expect(first.data.doseExtractCells.items).toEqual([{ ...cell, month: '2024-02-01', persons: 10 }]);
    expect(second.data.doseExtractCells).toEqual({
      endCursor: null,
      items: [{ ...cell, month: '2024-03-01', persons: 11 }],
    });
  });

  it('are approved by somebody else, once', async () => {
    const id = newId();
    const token = await service.tokenFor(
      tenant,
      ['analyst', 'data-protection-officer'].map(country),
      'staff',
      id,
    );
    const both = { tenant: 'aa', token };
    const { data } = await ask('2024-02-01', '2024-02-01', both);
    const extract = data.requestDoseExtract.id as string;

    expect((await decide(extract, both)).data.decideDoseExtract.__typename).toBe('ExtractNeedsSecondPerson');
    expect((await decide(extract, officer, false)).data.decideDoseExtract.state).toBe('DECLINED');
    expect((await decide(extract)).data.decideDoseExtract.__typename).toBe('ExtractDecided');
  });

  it('are of whole months that are over', async () => {
    const thisMonth = `${new Date().toISOString().slice(0, 7)}-01`;
    const refused = [await ask('2024-02-02', '2024-03-01'), await ask(thisMonth, thisMonth)];

    expect(refused.map(({ errors }) => errors?.[0]?.extensions.code)).toEqual([
      'INVALID_INPUT',
      'INVALID_INPUT',
    ]);
  });
});
