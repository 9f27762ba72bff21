import fc from 'fast-check';
import {
  addDoses,
  addFacility,
  addPerson,
  addSession,
  addStaff,
  addStock,
  checkIn,
  write,
} from '../../harness/worlds/clinic';
import { onServer } from '../../harness/run/database';
import { atFacility, country, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { RebuildStock, Stock } from '../../../src/inventory';
import type { Context, Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { Doses } from '../../../src/vaccinations';
import type { RecordVaccinationInput } from '../../../src/vaccinations/recording/dose-call';
import { RecordVaccination } from '../../../src/vaccinations/recording/record-vaccination';

const VACCINATION = `id state replaces changeReason productCode productName vaccineCode lotNumber givenOn route site presence
  lateReason clinicalReason vaccinatorId recordedBy schedule counted { vaccineGroup vaccineGroupName doseNumber status reasons }`;
const REFUSALS = `... on Refusal { message } ... on TooEarly { earliestDate rule reasonCode vaccineGroup } ... on NoDoseNeeded { status }
  ... on LotNotInStock { doses } ... on DateNotToday { today }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { answer: recordVaccination(input: $input) { __typename
  ... on Vaccination { ${VACCINATION} } ${REFUSALS} ... on NotSuitable { reasons } } }`;
const CORRECT = `mutation ($input: CorrectVaccinationInput!) { answer: correctVaccination(input: $input) { __typename
  ... on Vaccination { ${VACCINATION} } ... on Refusal { message } ... on ChangeWindowOver { endedAt } } }`;
const VOID = `mutation ($input: VoidVaccinationInput!) { answer: voidVaccination(input: $input) { __typename
  ... on Vaccination { ${VACCINATION} } ... on Refusal { message } } }`;
const NOT_DONE = `mutation ($input: RecordNotDoneInput!) { answer: recordNotDone(input: $input) { id reason statusReason day } }`;
const HISTORY = `query ($personId: ID!, $replacedToo: Boolean!) { vaccinations(personId: $personId, replacedToo: $replacedToo) {
  doses { ${VACCINATION} } notDone { reason vaccineGroup } } }`;

describe('recording a dose', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  let facilityId: string;
  let sessionId: string;
  let today: string;
  let vaccinatorId: string;
  let vaccinator: { tenant: string; token: string };
  let admin: { tenant: string; token: string };
  const lots: Record<string, string> = {};

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    ctx = service.contextOf(tenant);
    today = civilDayOf(new Date(), tenant.timeZone);
    facilityId = (await addFacility(service, tenant)).id;
    sessionId = await addSession(service, tenant, { facilityId, date: today });
    vaccinatorId = await addStaff(service, tenant);
    vaccinator = await as([atFacility('vaccinator', facilityId)], vaccinatorId);
    admin = await as([atFacility('facility-admin', facilityId)]);
    for (const product of ['penta-10', 'opv-20', 'bcg-20', 'mr-10'])
      lots[product] = await addStock(service, tenant, {
        facilityId,
        product,
        doses: 1000,
        expiresOn: days(300),
      });
  }, 120_000);
  afterAll(() => service.stop());

  const as = async (grants: Grant[], id?: string) => ({
    tenant: 'aa',
    token: await service.tokenFor(tenant, grants, 'staff', id),
  });
  const days = (count: number) => addTo(today, { months: 0, days: count });
  const child = (ageInDays: number, more: object = {}) => addPerson(service, tenant, days(-ageInDays), more);
  const input = (personId: string, more: object = {}) => ({
    idempotencyKey: newId(),
    personId,
    facilityId,
    lotId: lots['penta-10'],
    presence: 'WALK_IN',
    ...more,
  });
  const record = async (personId: string, more: object = {}, who = vaccinator) =>
    service.graphql(RECORD, { input: input(personId, more) }, who);
  const recorded = async (personId: string, more: object = {}, who = vaccinator) => {
    const answer = await record(personId, more, who);
    expect(answer.errors).toBeUndefined();
    return answer.data.answer;
  };
  const history = async (personId: string, replacedToo = false) => {
    const answer = await service.graphql(HISTORY, { personId, replacedToo }, vaccinator);
    expect(answer.errors).toBeUndefined();
    return answer.data.vaccinations;
  };
  const onHand = async (lotId: string) =>
    (await service.app
      .get(Database)
      .read(ctx, work => service.app.get(Stock).lotAt(work, facilityId, lotId)))!.doses;
  const rows = <Row>(sql: string, params: unknown[]) => write<Row>(service, tenant, sql, params);
  const change = (query: string, more: object, who = vaccinator) =>
    service.graphql(query, { input: { idempotencyKey: newId(), ...more } }, who);

  it('is of the same person, place and lot when their ids come in capitals', async () => {
    const personId = await child(100);
    await recorded(personId, { lotId: lots['bcg-20'] });

    const dose = await recorded(personId.toUpperCase(), {
      facilityId: facilityId.toUpperCase(),
      sessionId: sessionId.toUpperCase(),
      lotId: lots['penta-10']!.toUpperCase(),
    });

    expect(dose).toMatchObject({ __typename: 'Vaccination', productCode: 'penta-10' });
    expect((await history(personId)).doses).toHaveLength(2);
  });

  it('computes its number, draws one dose of the lot, and leaves audit and announcement behind', async () => {
    const personId = await child(70);
    const before = await onHand(lots['penta-10']!);

    const dose = await recorded(personId, { site: 'LEFT_THIGH' });

    expect(dose).toMatchObject({
      __typename: 'Vaccination',
      state: 'CURRENT',
      productCode: 'penta-10',
      vaccineCode: 'DTWPHIBHEPB',
      givenOn: today,
      route: 'INTRAMUSCULAR',
      site: 'LEFT_THIGH',
      presence: 'WALK_IN',
      vaccinatorId,
      recordedBy: vaccinatorId,
    });
    expect(dose.counted).toEqual([
      {
        vaccineGroup: 'PENTA',
        vaccineGroupName: 'Pentavalent (DTP-HepB-Hib)',
        doseNumber: 1,
        status: 'valid',
        reasons: [],
      },
    ]);
    expect(await onHand(lots['penta-10']!)).toBe(before - 1);
    const audit = await rows(
      `SELECT FROM audit_entry WHERE action = 'vaccination.record' AND resource_id = $1`,
      [dose.id],
    );
    const facts = await rows(
      `SELECT FROM outbox_event WHERE type = 'vaccinations.dose-recorded' AND payload->>'vaccinationId' = $1`,
      [dose.id],
    );
    expect([audit.length, facts.length]).toEqual([1, 1]);
  });

  it('is too early before the minimum age, with the day it may be given', async () => {
    const personId = await child(30);

    const refused = await recorded(personId);

    expect(refused).toMatchObject({
      __typename: 'TooEarly',
      earliestDate: days(42 - 30),
      reasonCode: 'minimum-age',
      vaccineGroup: 'PENTA',
    });
    expect(refused.message).toContain(days(12));
    expect((await history(personId)).doses).toEqual([]);
  });

  it('is too early soon after the dose before, and given then only with a clinical reason that is kept', async () => {
    const personId = await child(100);
    await recorded(personId);

    const refused = await recorded(personId);
    const decided = await recorded(personId, { clinicalReason: 'Leaves for a region without services' });

    expect(refused.__typename).toBe('TooEarly');
    expect(decided).toMatchObject({
      __typename: 'Vaccination',
      clinicalReason: 'Leaves for a region without services',
      counted: [expect.objectContaining({ status: 'not-valid', doseNumber: 2 })],
    });
  });

  it('is not needed by someone too old for it', async () => {
    const personId = await child(20 * 365);

    expect(await recorded(personId, { lotId: lots['bcg-20'] })).toMatchObject({
      __typename: 'NoDoseNeeded',
      status: 'aged-out',
    });
  });

  it('is refused for the dead, and an auditor is told', async () => {
    const personId = await child(70, { status: 'deceased' });

    const refused = await recorded(personId);

    expect(refused.__typename).toBe('PersonDeceased');
    const facts = await rows(
      `SELECT FROM outbox_event WHERE type = 'vaccinations.dose-for-deceased-refused' AND aggregate_id = $1`,
      [personId],
    );
    expect(facts).toHaveLength(1);
  });

  it('is refused from a lot that is not there, is expired or on hold, and nothing is left behind', async () => {
    const elsewhere = (await addFacility(service, tenant)).id;
    const product = 'penta-10';
    const foreign = await addStock(service, tenant, {
      facilityId: elsewhere,
      product,
      doses: 5,
      expiresOn: days(9),
    });
    const expired = await addStock(service, tenant, { facilityId, product, doses: 5, expiresOn: days(-1) });
    const empty = await addStock(service, tenant, { facilityId, product, doses: 0, expiresOn: days(9) });
    const held = await addStock(service, tenant, { facilityId, product, doses: 5, expiresOn: days(9) });
    await rows(`INSERT INTO lot_hold VALUES ($1, $2, NULL, 'RECALL', now(), NULL)`, [held, newId()]);
    const personId = await child(70);

    const types = [];
    for (const lotId of [foreign, expired, empty, held, newId()])
      types.push((await recorded(personId, { lotId })).__typename);

    expect(types).toEqual(['LotNotInStock', 'LotExpired', 'LotNotInStock', 'LotOnHold', 'LotNotInStock']);
    expect((await history(personId, true)).doses).toEqual([]);
    expect(await rows(`SELECT FROM vaccination WHERE person_id = $1`, [personId])).toEqual([]);
  });

  it('needs the person to be checked in, walked in, or vouched for with a reason', async () => {
    const personId = await child(70);
    const absent = await recorded(personId, { presence: 'CHECKED_IN', sessionId });
    const unsaid = await record(personId, { presence: 'OVERRIDE' });
    await checkIn(service, tenant, { facilityId, sessionId, personId });

    const present = await recorded(personId, { presence: 'CHECKED_IN', sessionId });
    const another = await recorded(personId, { presence: 'CHECKED_IN', sessionId, lotId: lots['opv-20'] });
    const vouched = await recorded(await child(70), {
      presence: 'OVERRIDE',
      presenceReason: 'Carried in, no card',
    });

    expect(absent.__typename).toBe('NotCheckedIn');
    expect(unsaid.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    expect(present).toMatchObject({ __typename: 'Vaccination', presence: 'CHECKED_IN' });
    expect(another.__typename).toBe('Vaccination');
    expect(vouched).toMatchObject({ __typename: 'Vaccination', presence: 'OVERRIDE' });
    const [visit] = await rows<{ state: string }>(`SELECT state FROM appointment WHERE person_id = $1`, [
      personId,
    ]);
    expect(visit!.state).toBe('COMPLETED');
  });

  it('needs no second check-in when another vaccine of the visit was not given, or entered and voided', async () => {
    const personId = await child(70);
    await checkIn(service, tenant, { facilityId, sessionId, personId });
    const there = { presence: 'CHECKED_IN', sessionId };
    await change(NOT_DONE, { personId, facilityId, sessionId, vaccineGroup: 'PENTA', reason: 'STOCK_OUT' });

    const given = await recorded(personId, { ...there, lotId: lots['opv-20'] });
    await change(VOID, { personId, vaccinationId: given.id, reason: 'ENTERED_TWICE' });
    const anew = await recorded(personId, { ...there, lotId: lots['opv-20'] });

    expect(given.__typename).toBe('Vaccination');
    expect(anew.__typename).toBe('Vaccination');
  });

  it('takes no session of another day or another facility', async () => {
    const tomorrow = await addSession(service, tenant, { facilityId, date: days(1) });

    const answer = await record(await child(70), { sessionId: tomorrow });

    expect(answer.errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });

  describe('on another day than it was given', () => {
    it('needs a reason', async () => {
      const refused = await recorded(await child(70), { givenOn: days(-1) });

      expect(refused).toMatchObject({ __typename: 'DateNotToday', today });
    });

    it('is not for the vaccinator alone', async () => {
      const late = { givenOn: days(-1), lateReason: 'Power cut' };
      const personId = await child(70);

      const byVaccinator = await record(personId, late);
      const withoutName = await record(personId, late, admin);
      const unknown = await record(personId, { ...late, vaccinatorId: newId() }, admin);

      expect(byVaccinator.errors![0]!.extensions.code).toBe('FORBIDDEN');
      expect(withoutName.errors![0]!.extensions.code).toBe('INVALID_INPUT');
      expect(unknown.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    });

    it('is entered by the facility’s administrator, who names who gave it', async () => {
      const late = { givenOn: days(-3), lateReason: 'Power cut', vaccinatorId };

      const dose = await recorded(await child(70), late, admin);

      expect(dose).toMatchObject({ givenOn: days(-3), lateReason: 'Power cut', vaccinatorId });
      expect(dose.recordedBy).not.toBe(vaccinatorId);
    });

    it('takes its place before doses that were recorded already', async () => {
      const personId = await child(120);
      await recorded(personId);

      const late = { givenOn: days(-40), lateReason: 'Paper card', vaccinatorId };
      const first = await recorded(personId, late, admin);

      expect(first.counted[0]).toMatchObject({ doseNumber: 1, status: 'valid' });
      expect((await history(personId)).doses.map((dose: { givenOn: string }) => dose.givenOn)).toEqual([
        days(-40),
        today,
      ]);
    });

    it('is never in the future, nor before birth', async () => {
      const personId = await child(70);
      const future = await record(personId, { givenOn: days(1), lateReason: 'None', vaccinatorId }, admin);
      const unborn = await record(personId, { givenOn: days(-71), lateReason: 'None', vaccinatorId }, admin);

      expect(future.errors![0]!.extensions.code).toBe('INVALID_INPUT');
      expect(unborn.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    });
  });

  describe('sent more than once', () => {
    it('is one dose, however often its key comes', async () => {
      const personId = await child(70);
      const same = input(personId);

      const first = await service.graphql(RECORD, { input: same }, vaccinator);
      const second = await service.graphql(RECORD, { input: same }, vaccinator);

      expect(second.data).toEqual(first.data);
      expect((await history(personId)).doses).toHaveLength(1);
    });

    it('with another content under its key is an error', async () => {
      const same = input(await child(70));
      await service.graphql(RECORD, { input: same }, vaccinator);

      const other = await service.graphql(RECORD, { input: { ...same, lotId: lots['opv-20'] } }, vaccinator);

      expect(other.errors![0]!.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('at once is one dose', async () => {
      const personId = await child(70);
      const same = input(personId);

      const answers = await Promise.all(
        Array.from({ length: 6 }, () => service.graphql(RECORD, { input: same }, vaccinator)),
      );

      expect(new Set(answers.map(answer => answer.data.answer.id)).size).toBe(1);
      expect((await history(personId)).doses).toHaveLength(1);
    });

    it('by two clinics at once is one dose, and the other learns why', async () => {
      const personId = await child(70);

      const answers = await Promise.all(Array.from({ length: 6 }, () => recorded(personId)));

      const types = answers.map(answer => answer.__typename as string).sort();
      expect(types).toEqual(['TooEarly', 'TooEarly', 'TooEarly', 'TooEarly', 'TooEarly', 'Vaccination']);
    });

    it('after a refusal may be tried again with its key', async () => {
      const personId = await child(70);
      const lotId = await addStock(service, tenant, {
        facilityId,
        product: 'penta-10',
        doses: 0,
        expiresOn: days(9),
      });
      const same = input(personId, { lotId });
      const refused = await service.graphql(RECORD, { input: same }, vaccinator);
      await addDoses(service, tenant, { facilityId, lotId, doses: 1 });

      const again = await service.graphql(RECORD, { input: same }, vaccinator);

      expect(refused.data.answer.__typename).toBe('LotNotInStock');
      expect(again.data.answer.__typename).toBe('Vaccination');
    });
  });

  describe('of a family in one call', () => {
    const ALL = `mutation ($inputs: [RecordVaccinationInput!]!) { recordVaccinations(inputs: $inputs) { idempotencyKey
      result { __typename ... on Vaccination { id personId lotId } ... on DoseNotTaken { code path } ... on Refusal { message } } } }`;

    it('has an answer for each: a refusal or an error of one touches no other', async () => {
      const [elder, baby] = [await child(70), await child(20)];
      const inputs = [
        input(elder),
        input(elder, { lotId: lots['opv-20'] }),
        input(baby),
        input(newId()),
        input(await child(70), { facilityId: (await addFacility(service, tenant)).id }),
        input(await child(70)),
      ];

      const answer = await service.graphql(ALL, { inputs }, vaccinator);
      const again = await service.graphql(ALL, { inputs: inputs.slice(0, 2) }, vaccinator);

      expect(answer.errors).toBeUndefined();
      const answers: { idempotencyKey: string; result: { __typename: string; code?: string } }[] =
        answer.data.recordVaccinations;
      expect(answers.map(({ idempotencyKey }) => idempotencyKey)).toEqual(
        inputs.map(({ idempotencyKey }) => idempotencyKey),
      );
      expect(answers.map(({ result }) => result.code ?? result.__typename)).toEqual([
        'Vaccination',
        'Vaccination',
        'TooEarly',
        'NOT_FOUND',
        'FORBIDDEN',
        'Vaccination',
      ]);
      expect(again.data.recordVaccinations).toEqual(answers.slice(0, 2));
    });

    it('is of twenty at most, and checked as one dose is', async () => {
      const same = input(await child(70));

      const many = await service.graphql(ALL, { inputs: Array.from({ length: 21 }, () => same) }, vaccinator);
      const wrong = await service.graphql(ALL, { inputs: [same, { ...same, lotId: 'none' }] }, vaccinator);

      expect(many.errors![0]!.extensions.code).toBe('INVALID_INPUT');
      expect(wrong.errors![0]!.extensions.faults).toEqual([
        expect.objectContaining({ path: 'inputs.1.lotId', key: 'validation.isUuid' }),
      ]);
    });
  });

  it('never gives more doses than there are, nor one person two, whatever comes at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          doses: fc.integer({ min: 1, max: 4 }),
          visits: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 14 }),
        }),
        async ({ doses, visits }) => {
          const lotId = await addStock(service, tenant, {
            facilityId,
            product: 'penta-10',
            doses,
            expiresOn: days(9),
          });
          const people = [await child(70), await child(70), await child(70), await child(70)];

          const answers = await Promise.all(visits.map(index => recorded(people[index]!, { lotId })));

          const given = answers.filter(answer => answer.__typename === 'Vaccination').length;
          const different = new Set(visits).size;
          expect(given).toBe(Math.min(doses, different));
          expect(await onHand(lotId)).toBe(doses - given);
          const most = await rows<{ count: number }>(
            `SELECT count(*)::int AS count FROM vaccination WHERE person_id = ANY ($1::uuid[]) GROUP BY person_id`,
            [people],
          );
          expect(most.every(({ count }) => count === 1)).toBe(true);
          expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
        },
      ),
      { numRuns: 8, verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  it('is not possible in a suspended country', async () => {
    const personId = await child(70);
    const suspended = service.contextOf({ ...tenant, state: 'SUSPENDED' });

    const recording = service.app
      .get(RecordVaccination)
      .run(suspended, input(personId) as RecordVaccinationInput);

    await expect(recording).rejects.toMatchObject({ code: 'TENANT_READ_ONLY' });
  });

  describe('that was not given', () => {
    it('is recorded with the reason, in FHIR’s words too', async () => {
      const personId = await child(70);
      const notDone = { personId, facilityId, vaccineGroup: 'PENTA', reason: 'REFUSAL' };

      const answer = await change(NOT_DONE, notDone);
      const wrong = await change(NOT_DONE, { ...notDone, vaccineGroup: 'NO-SUCH' });
      const nowhere = await change(NOT_DONE, { ...notDone, sessionId: newId() });

      expect(answer.data.answer).toMatchObject({ reason: 'REFUSAL', statusReason: 'PATOBJ', day: today });
      expect(wrong.errors![0]!.extensions.code).toBe('INVALID_INPUT');
      expect(nowhere.errors![0]!.extensions.code).toBe('INVALID_INPUT');
      expect((await history(personId)).notDone).toEqual([{ reason: 'REFUSAL', vaccineGroup: 'PENTA' }]);
    });
  });

  describe('that was recorded wrongly', () => {
    it('is said anew of another lot, and the first lot gets its dose back', async () => {
      const personId = await child(70);
      const right = await addStock(service, tenant, {
        facilityId,
        product: 'penta-10',
        doses: 3,
        expiresOn: days(90),
      });
      const dose = await recorded(personId);
      const before = await onHand(lots['penta-10']!);

      const answer = await change(CORRECT, {
        personId,
        vaccinationId: dose.id,
        reason: 'WRONG_LOT',
        lotId: right,
      });

      expect(answer.errors).toBeUndefined();
      expect(answer.data.answer).toMatchObject({
        replaces: dose.id,
        state: 'CURRENT',
        changeReason: 'WRONG_LOT',
      });
      expect([await onHand(lots['penta-10']!), await onHand(right)]).toEqual([before + 1, 2]);
      const all = (await history(personId, true)).doses;
      expect(all.map((fact: { state: string }) => fact.state)).toEqual(['CORRECTED', 'CURRENT']);
      const doses = await service.app
        .get(Database)
        .read(ctx, work => service.app.get(Doses).ofPerson(ctx, work, personId));
      expect(doses.map(({ lotId }) => lotId)).toEqual([right]);
    });

    it('is said anew once, whoever comes at once', async () => {
      const personId = await child(70);
      const dose = await recorded(personId);
      const correction = { personId, vaccinationId: dose.id, reason: 'WRONG_SITE_OR_ROUTE' };

      const answers = await Promise.all([
        change(CORRECT, { ...correction, site: 'LEFT_ARM' }),
        change(CORRECT, { ...correction, site: 'RIGHT_ARM' }),
        change(VOID, { personId, vaccinationId: dose.id, reason: 'NEVER_GIVEN' }),
      ]);

      const types = answers.map(answer => answer.data.answer.__typename as string).sort();
      expect(types).toEqual(['AlreadyReplaced', 'AlreadyReplaced', 'Vaccination']);
      expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
    });

    it('is corrected by nobody else than its author and the administrator', async () => {
      const personId = await child(70);
      const dose = await recorded(personId);
      const correction = {
        personId,
        vaccinationId: dose.id,
        reason: 'WRONG_SITE_OR_ROUTE',
        site: 'RIGHT_THIGH',
      };

      const other = await change(CORRECT, correction, await as([atFacility('vaccinator', facilityId)]));
      const byAdmin = await change(CORRECT, correction, admin);

      expect(other.errors![0]!.extensions.code).toBe('FORBIDDEN');
      expect(byAdmin.data.answer.__typename).toBe('Vaccination');
    });

    it('is no longer its author’s to change after a day, and a void then takes two', async () => {
      const personId = await child(70);
      const both = await as([atFacility('vaccinator', facilityId), atFacility('facility-admin', facilityId)]);
      const dose = await recorded(personId);
      const own = await recorded(await child(70), {}, both);
      const [{ person_id: ownPerson }] = (await rows<{ person_id: string }>(
        `SELECT person_id FROM vaccination WHERE id = $1`,
        [own.id],
      )) as [{ person_id: string }];
      await age([dose.id, own.id]);

      const late = await change(CORRECT, {
        personId,
        vaccinationId: dose.id,
        reason: 'WRONG_SITE_OR_ROUTE',
        site: 'LEFT_ARM',
      });
      const alone = await change(
        VOID,
        { personId: ownPerson, vaccinationId: own.id, reason: 'NEVER_GIVEN' },
        both,
      );
      const second = await change(
        VOID,
        { personId: ownPerson, vaccinationId: own.id, reason: 'NEVER_GIVEN' },
        admin,
      );

      expect(late.data.answer.__typename).toBe('ChangeWindowOver');
      expect(alone.data.answer.__typename).toBe('SecondPersonNeeded');
      expect(second.data.answer).toMatchObject({ __typename: 'Vaccination', state: 'VOID' });
    });

    it.each([
      ['NEVER_GIVEN', 1, 0],
      ['ENTERED_TWICE', 1, 0],
      ['WRONG_PERSON', 0, 1],
      ['DOSE_LOST', 0, 1],
    ])('is voided as %s: %i back to stock, %i wasted, and the entry stays', async (reason, back, wasted) => {
      const personId = await child(70);
      const lotId = await addStock(service, tenant, {
        facilityId,
        product: 'penta-10',
        doses: 1,
        expiresOn: days(90),
      });
      const dose = await recorded(personId, { lotId });

      const answer = await change(VOID, { personId, vaccinationId: dose.id, reason });

      expect(answer.data.answer).toMatchObject({ state: 'VOID', replaces: dose.id, changeReason: reason });
      expect(await onHand(lotId)).toBe(back);
      const lost = await rows(`SELECT FROM stock_move WHERE lot_id = $1 AND to_account = 'wasted'`, [lotId]);
      expect(lost).toHaveLength(wasted);
      expect((await history(personId)).doses).toEqual([]);
      const states = (await history(personId, true)).doses.map((fact: { state: string }) => fact.state);
      expect(states).toEqual(['VOIDED', 'VOID']);
    });

    it('leaves the person as if it had not been: the same dose can then be given', async () => {
      const personId = await child(70);
      const dose = await recorded(personId);
      await change(VOID, { personId, vaccinationId: dose.id, reason: 'ENTERED_TWICE' });

      const again = await recorded(personId);

      expect(again.counted[0]).toMatchObject({ doseNumber: 1, status: 'valid' });
    });

    it('is moved to another day with a reason, and never by the vaccinator alone', async () => {
      const personId = await child(70);
      const dose = await recorded(personId);
      const move = { personId, vaccinationId: dose.id, reason: 'WRONG_DAY', givenOn: days(-1) };

      const without = await change(CORRECT, move, admin);
      const alone = await change(CORRECT, { ...move, lateReason: 'Entered the day after' });
      const byAdmin = await change(CORRECT, { ...move, lateReason: 'Entered the day after' }, admin);

      expect(without.data.answer.__typename).toBe('DateNotToday');
      expect(alone.errors![0]!.extensions.code).toBe('FORBIDDEN');
      expect(byAdmin.data.answer).toMatchObject({ givenOn: days(-1), lateReason: 'Entered the day after' });
    });

    it('is not moved to a day on which its lot was not there yet, or had expired', async () => {
      const personId = await child(70);
      const lotId = await addStock(service, tenant, {
        facilityId,
        product: 'penta-10',
        doses: 5,
        expiresOn: days(-2),
      });
      await rows(`UPDATE stock_on_hand SET first_received_on = $2 WHERE lot_id = $1`, [lotId, days(-5)]);
      const late = { lotId, givenOn: days(-3), lateReason: 'Power cut', vaccinatorId };
      const dose = await recorded(personId, late, admin);
      const move = { personId, vaccinationId: dose.id, reason: 'WRONG_DAY' };

      const before = await change(CORRECT, { ...move, givenOn: days(-6) }, admin);
      const after = await change(CORRECT, { ...move, givenOn: days(-1) }, admin);
      const between = await change(CORRECT, { ...move, givenOn: days(-4) }, admin);

      expect(before.data.answer.__typename).toBe('LotNotInStock');
      expect(after.data.answer.__typename).toBe('LotExpired');
      expect(between.data.answer).toMatchObject({ __typename: 'Vaccination', givenOn: days(-4) });
    });

    it('takes no correction that changes nothing', async () => {
      const personId = await child(70);
      const dose = await recorded(personId);

      const answer = await change(CORRECT, { personId, vaccinationId: dose.id, reason: 'WRONG_LOT' });

      expect(answer.errors![0]!.extensions.code).toBe('INVALID_INPUT');
    });
  });

  it('is a fact that the database refuses to change or delete', async () => {
    await expect(rows(`UPDATE vaccination SET given_on = given_on`, [])).rejects.toThrow(/permission denied/);
    await expect(rows(`DELETE FROM vaccination`, [])).rejects.toThrow(/permission denied/);
    await expect(rows(`DELETE FROM vaccination_not_done`, [])).rejects.toThrow(/permission denied/);
  });

  it('tells an auditor country-wide nothing that takes a clinic’s permission', async () => {
    const answer = await record(await child(70), {}, await as([country('auditor')]));

    expect(answer.errors![0]!.extensions.code).toBe('FORBIDDEN');
  });

  /** Makes entries as old as no clock of a test can wait for; as the owner, because facts do not change. */
  const age = (ids: string[]) =>
    onServer(service.database.url, client =>
      client.query(
        `UPDATE tenant_aa.vaccination SET first_recorded_at = first_recorded_at - interval '25 hours' WHERE id = ANY ($1::uuid[])`,
        [ids],
      ),
    );
});
