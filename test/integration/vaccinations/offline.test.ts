import fc from 'fast-check';
import { addFacility, addPerson, addStaff, addStock, write } from '../../harness/worlds/clinic';
import { atFacility, country, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { RebuildStock, Stock } from '../../../src/inventory';
import { STAFF_ROLES } from '../../../src/platform/access';
import type { Context, Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';

const SYNC = `mutation ($input: SyncDosesInput!) { syncDoses(input: $input) { receivedAt clockOffsetSeconds doses {
  clientId outcome pendingId result { __typename
    ... on Vaccination { id givenOn counted { vaccineGroup doseNumber status } }
    ... on DuplicateSuspected { vaccinationId facilityId givenOn }
    ... on DoseNotTaken { code path }
    ... on Refusal { message } } } } }`;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Row {
  clientId: string;
  [field: string]: unknown;
}

interface Synced {
  clientId: string;
  outcome: string;
  pendingId: string | null;
  result: { __typename: string; [field: string]: any }; // oxlint-disable-line no-explicit-any -- any type's of the union
}

describe('doses of a clinic that was offline', () => {
  let service: TestService;
  let tenant: TenantRef;
  let ctx: Context;
  let facilityId: string;
  let elsewhere: string;
  let penta: string;
  let opv: string;
  let today: string;
  let vaccinatorId: string;
  let vaccinator: { tenant: string; token: string };
  const device = 'tablet-0001';

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
    ctx = service.contextOf(tenant);
    today = civilDayOf(new Date(), tenant.timeZone);
    facilityId = (await addFacility(service, tenant)).id;
    elsewhere = (await addFacility(service, tenant, 1)).id;
    vaccinatorId = await addStaff(service, tenant);
    vaccinator = await as(
      [atFacility('vaccinator', facilityId), atFacility('vaccinator', elsewhere)],
      vaccinatorId,
    );
    [penta, opv] = [await stock('penta-10', 100_000), await stock('opv-20', 100_000)];
  }, 120_000);
  afterAll(() => service.stop());

  const as = async (grants: Grant[], id?: string) => ({
    tenant: 'aa',
    token: await service.tokenFor(tenant, grants, 'staff', id),
  });
  const days = (count: number) => addTo(today, { months: 0, days: count });
  const stock = (product: string, doses: number, more: object = {}) =>
    addStock(service, tenant, { facilityId, product, doses, expiresOn: days(300), ...more });
  const child = (ageInDays: number, more: object = {}) => addPerson(service, tenant, days(-ageInDays), more);
  const ago = (ms: number, clock = 0) => new Date(Date.now() - ms + clock).toISOString();
  const row = (personId: string, more: object = {}): Row => ({
    clientId: newId(),
    personId,
    facilityId,
    lotId: penta,
    givenAt: ago(DAY),
    ...more,
  });
  const send = (doses: readonly Row[], more: object = {}, who = vaccinator) =>
    service.graphql(
      SYNC,
      { input: { deviceId: device, deviceTime: new Date().toISOString(), doses, ...more } },
      who,
    );
  const sync = async (doses: readonly Row[], more: object = {}, who = vaccinator): Promise<Synced[]> => {
    const answer = await send(doses, more, who);
    expect(answer.errors).toBeUndefined();
    return answer.data.syncDoses.doses;
  };
  const told = ({ outcome, result }: Synced) => `${outcome} ${result.__typename}`;
  const rows = <Row>(sql: string, params: unknown[] = []) => write<Row>(service, tenant, sql, params);
  const onHand = async (lotId: string) =>
    (await service.app
      .get(Database)
      .read(ctx, work => service.app.get(Stock).lotAt(work, facilityId, lotId)))!.doses;
  const pending = (id: string | null) =>
    rows<{ state: string; cause: string; vaccination_id: string | null }>(
      `SELECT state, cause, vaccination_id FROM pending_dose WHERE id = $1`,
      [id],
    );

  it('are recorded on the day they were given, with the device’s time, ours, and when we heard of it', async () => {
    const personId = await child(70);
    const before = await onHand(penta);

    const [dose] = await sync([row(personId, { givenAt: ago(2 * DAY) })]);

    expect(dose).toMatchObject({ outcome: 'RECORDED', pendingId: null, result: { givenOn: days(-2) } });
    expect(dose!.result.counted).toEqual([{ vaccineGroup: 'PENTA', doseNumber: 1, status: 'valid' }]);
    expect(await onHand(penta)).toBe(before - 1);
    const [kept] = await rows<{ device_id: string; given_at: Date; recorded_at: Date }>(
      `SELECT device_id, given_at, recorded_at FROM vaccination WHERE id = $1`,
      [dose!.result.id],
    );
    expect(kept!.device_id).toBe(device);
    expect(kept!.recorded_at.getTime() - kept!.given_at.getTime()).toBeGreaterThanOrEqual(2 * DAY - 1000);
    const traces = await rows(
      `SELECT FROM audit_entry WHERE resource_id = $1 AND action = 'vaccination.record'
       UNION ALL SELECT FROM outbox_event WHERE payload->>'vaccinationId' = $1`,
      [dose!.result.id],
    );
    expect(traces).toHaveLength(2);
  });

  it.each([
    ['a year behind', -365 * DAY],
    ['five days ahead', 5 * DAY],
    ['back at 1970', -Date.parse('2026-01-01')],
  ])('have the right day though the device’s clock is %s', async (_, clock) => {
    const dose = row(await child(70), { givenAt: ago(3 * DAY, clock) });

    const answer = await send([dose], { deviceTime: new Date(Date.now() + clock).toISOString() });

    expect(answer.data.syncDoses.doses[0].result).toMatchObject({
      __typename: 'Vaccination',
      givenOn: days(-3),
    });
    expect(Math.abs(answer.data.syncDoses.clockOffsetSeconds + clock / 1000)).toBeLessThan(60);
  });

  it('cannot have been given in the future or before birth: those are pending', async () => {
    const personId = await child(5);

    const answers = await sync([
      row(personId, { givenAt: ago(-HOUR) }),
      row(personId, { givenAt: ago(6 * DAY) }),
    ]);

    expect(answers.map(told)).toEqual(['REFUSED DoseNotTaken', 'REFUSED DoseNotTaken']);
    expect(answers.map(({ result }) => [result.code, result.path])).toEqual([
      ['INVALID_INPUT', 'givenAt'],
      ['INVALID_INPUT', 'givenAt'],
    ]);
    expect(await pending(answers[0]!.pendingId)).toMatchObject([{ state: 'PENDING', cause: 'NOT_RIGHT' }]);
  });

  it('beyond the country’s window are late entries, and pending until somebody enters them so', async () => {
    const personId = await child(70);

    const [within, beyond] = await sync([
      row(personId, { givenAt: ago(14 * DAY) }),
      row(await child(70), { givenAt: ago(15 * DAY) }),
    ]);

    expect([told(within!), told(beyond!)]).toEqual(['RECORDED Vaccination', 'REFUSED DateNotToday']);
    expect(await pending(beyond!.pendingId)).toMatchObject([{ state: 'PENDING', cause: 'LATE_ENTRY' }]);
  });

  it('have happened: what the schedule has against one is said, and it is recorded', async () => {
    const [tooYoung] = await sync([row(await child(20))]);

    expect(told(tooYoung!)).toBe('RECORDED Vaccination');
    expect(tooYoung!.result.counted).toEqual([{ vaccineGroup: 'PENTA', doseNumber: 1, status: 'not-valid' }]);
  });

  it('are refused for the dead, and from lots that were expired, empty, not there, or on hold on that day', async () => {
    const held = await stock('penta-10', 5);
    const heldSince = await stock('penta-10', 5);
    const expired = await stock('penta-10', 5, { expiresOn: days(-2) });
    const empty = await stock('penta-10', 0);
    await rows(`INSERT INTO lot_hold VALUES ($1, $2, NULL, 'RECALL', now(), NULL)`, [held, newId()]);
    await rows(`INSERT INTO lot_hold VALUES ($1, $2, NULL, 'RECALL', now() - interval '3 days', NULL)`, [
      heldSince,
      newId(),
    ]);

    const answers = await sync([
      row(await child(70, { status: 'deceased' })),
      row(await child(70), { lotId: held }),
      row(await child(70), { lotId: heldSince }),
      row(await child(70), { lotId: expired }),
      row(await child(70), { lotId: expired, givenAt: ago(3 * DAY) }),
      row(await child(70), { lotId: empty }),
      row(await child(70), { lotId: newId() }),
      row(newId()),
    ]);

    expect(answers.map(told)).toEqual([
      'REFUSED PersonDeceased',
      'RECORDED Vaccination', // the hold came after the day
      'REFUSED LotOnHold',
      'REFUSED LotExpired',
      'RECORDED Vaccination', // it had not expired then
      'REFUSED LotNotInStock',
      'REFUSED LotNotInStock',
      'REFUSED DoseNotTaken',
    ]);
    const kept = await Promise.all(answers.map(({ pendingId }) => pending(pendingId)));
    expect(kept.map(([one]) => one?.cause ?? null)).toEqual([
      'PERSON_DECEASED',
      null,
      'LOT_ON_HOLD',
      'LOT_EXPIRED',
      null,
      'LOT_NOT_IN_STOCK',
      'LOT_NOT_IN_STOCK',
      'PERSON_UNKNOWN',
    ]);
    expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
  });

  it('of one person are taken in the order of time, whatever the order they are sent in', async () => {
    const personId = await child(200);
    const [first, second, other] = [
      row(personId, { givenAt: ago(13 * DAY), lotId: opv }),
      row(personId, { givenAt: ago(HOUR) }),
      row(personId, { givenAt: ago(13 * DAY) }),
    ];

    const answers = await sync([second, first, other]);

    expect(answers.map(told)).toEqual(Array(3).fill('RECORDED Vaccination'));
    expect(answers[0]!.result.counted[0]).toMatchObject({ doseNumber: 2, status: 'not-valid' });
    expect(answers[2]!.result.counted[0]).toMatchObject({ doseNumber: 1, status: 'valid' });
  });

  it('are one dose each, however often and by whomever they are sent', async () => {
    const colleague = await as([atFacility('vaccinator', facilityId)]);
    const same = row(await child(70));

    const [once, within] = await sync([same, same]);
    const [again] = await sync([same]);
    const [byColleague] = await sync([same], {}, colleague);

    expect([once, within, again, byColleague].map(one => one!.outcome)).toEqual([
      'RECORDED',
      'ALREADY_RECORDED',
      'ALREADY_RECORDED',
      'ALREADY_RECORDED',
    ]);
    expect(new Set([once, within, again, byColleague].map(one => one!.result.id)).size).toBe(1);
  });

  it('are known again when the device’s clock was set after they were recorded', async () => {
    const clock = -30 * 365 * DAY;
    const dose = row(await child(70), { givenAt: ago(DAY, clock) });
    const behind = { deviceTime: new Date(Date.now() + clock).toISOString() };

    const [recorded] = await sync([dose], behind);
    const [again] = await sync([dose]);

    expect([recorded, again].map(one => one!.outcome)).toEqual(['RECORDED', 'ALREADY_RECORDED']);
    expect(again).toMatchObject({ pendingId: null, result: { id: recorded!.result.id } });
  });

  it('with another content under a client id are a conflict, and the first stands', async () => {
    const same = row(await child(70));
    await sync([same]);

    const [conflict] = await sync([{ ...same, lotId: opv }]);

    expect(told(conflict!)).toBe('CONFLICT DoseNotTaken');
    expect(await pending(conflict!.pendingId)).toMatchObject([{ state: 'PENDING', cause: 'TOLD_OTHERWISE' }]);
    expect((await sync([same]))[0]!.outcome).toBe('ALREADY_RECORDED');
  });

  it('that another clinic has too are suspected to be one, and recorded when said to be another', async () => {
    const personId = await child(70);
    const lotThere = await addStock(service, tenant, {
      facilityId: elsewhere,
      product: 'penta-10',
      doses: 5,
      expiresOn: days(90),
    });
    const [there] = await sync(
      [row(personId, { facilityId: elsewhere, lotId: lotThere, givenAt: ago(2 * DAY) })],
      {
        deviceId: 'tablet-0002',
      },
    );
    const here = row(personId, { givenAt: ago(DAY) });

    const [suspected] = await sync([here]);
    const [unsaid] = await sync([{ ...here, distinct: true }]);
    const [distinct] = await sync([{ ...here, distinct: true, distinctReason: 'The mother has both cards' }]);

    expect(told(suspected!)).toBe('DUPLICATE_SUSPECTED DuplicateSuspected');
    expect(suspected!.result).toMatchObject({
      vaccinationId: there!.result.id,
      facilityId: elsewhere,
      givenOn: days(-2),
    });
    expect(unsaid!.result).toMatchObject({ code: 'INVALID_INPUT', path: 'distinctReason' });
    expect(told(distinct!)).toBe('RECORDED Vaccination');
    expect(distinct!.result.counted[0]).toMatchObject({ status: 'not-valid' });
    expect(await pending(suspected!.pendingId)).toEqual([
      { state: 'RECORDED', cause: 'NOT_RIGHT', vaccination_id: distinct!.result.id },
    ]);
  });

  it('that are pending are recorded when what stood in the way is gone', async () => {
    const lotId = await stock('penta-10', 0);
    const dose = row(await child(70), { lotId });
    const [refused] = await sync([dose]);
    await rows(`UPDATE stock_on_hand SET doses = 1 WHERE lot_id = $1`, [lotId]);
    await rows(
      `INSERT INTO stock_move VALUES ($1, $2, $3, 'outside', 'on-hand', 1, 'test', NULL, '2020-01-01', now(), NULL)`,
      [facilityId, newId(), lotId],
    );

    const [recorded] = await sync([dose]);

    expect(told(refused!)).toBe('REFUSED LotNotInStock');
    expect(told(recorded!)).toBe('RECORDED Vaccination');
    expect(await pending(refused!.pendingId)).toMatchObject([
      { state: 'RECORDED', vaccination_id: recorded!.result.id },
    ]);
  });

  it('that no database would take are refused alone', async () => {
    const good = row(await child(70));
    const alsoGood = row(await child(70));

    const answers = await sync([
      good,
      row('no id'),
      row(await child(70), { lotId: 'nor this' }),
      row(await child(70), { facilityId: 'nor this' }),
      row(await child(70), { clientId: 'short' }),
      row(await child(70), { presence: 'OVERRIDE', presenceReason: 'a \u0000 in the middle' }),
      row(await child(70), { presence: 'OVERRIDE', presenceReason: 'half a pair \ud83d' }),
      row(await child(70), {
        presence: 'OVERRIDE',
        presenceReason: 'spelt \\u0000 and kept',
        lotId: newId(),
      }),
      row(await child(70), { presence: 'OVERRIDE', presenceReason: 'x'.repeat(301) }),
      row(await child(70), { vaccinatorId: newId() }),
      alsoGood,
    ]);

    expect(answers.map(({ outcome, result }) => [outcome, result.code ?? null])).toEqual([
      ['RECORDED', null],
      ['REFUSED', 'INVALID_INPUT'],
      ['REFUSED', 'INVALID_INPUT'],
      ['REFUSED', 'NOT_FOUND'],
      ['REFUSED', 'INVALID_INPUT'],
      ['REFUSED', 'INVALID_INPUT'],
      ['REFUSED', 'INVALID_INPUT'],
      ['REFUSED', null],
      ['REFUSED', 'INVALID_INPUT'],
      ['REFUSED', 'INVALID_INPUT'],
      ['RECORDED', null],
    ]);
    const lost = answers.filter(({ outcome, pendingId }) => outcome !== 'RECORDED' && pendingId === null);
    expect(lost.map(({ result }) => result.code)).toEqual(['NOT_FOUND']); // of no facility: nobody's to look at
  });

  describe('told by the hundred', () => {
    const crowd = (): Promise<string[]> => Promise.all(Array.from({ length: 120 }, () => child(70)));

    it('are each stored as it was told, and refused alone where no database would take it', async () => {
      const odd = 'Tab\t, "quoted", back\\slash, \\. \\N {brace}, line\nbreak\r, ñ ☃ 👶';
      const said = (presenceReason: string) => ({ presence: 'OVERRIDE', presenceReason });
      const more = [said(odd), said('a \u0000 in the middle'), said('half a pair \ud83d')];
      const doses = (await crowd()).map((personId, index) => row(personId, more[index]));

      const answers = await sync(doses);

      const recorded = answers.filter(({ outcome }) => outcome === 'RECORDED');
      expect(answers.slice(0, 3).map(told)).toEqual([
        'RECORDED Vaccination',
        'REFUSED DoseNotTaken',
        'REFUSED DoseNotTaken',
      ]);
      expect(recorded).toHaveLength(118);
      const kept = await rows<{ reason: string; entries: number; facts: number; told: number }>(
        `SELECT max(presence_reason) AS reason,
           (SELECT count(*)::int FROM audit_entry WHERE resource_id = ANY ($1::text[]) AND actor_roles = '{vaccinator}') AS entries,
           (SELECT count(*)::int FROM outbox_event WHERE payload->>'vaccinationId' = ANY ($1::text[])) AS facts,
           count(device_given_at)::int AS told
         FROM vaccination WHERE id::text = ANY ($1::text[])`,
        [recorded.map(({ result }) => result.id)],
      );
      expect(kept).toEqual([{ reason: odd, entries: 118, facts: 118, told: 118 }]);
    });

    it('by two devices at once are one dose a person, and one out of the lot', async () => {
      const people = await crowd();
      const before = await onHand(penta);

      const [here, there] = await Promise.all(
        ['tablet-0002', 'tablet-0003'].map(deviceId =>
          sync(
            people.map(personId => row(personId)),
            { deviceId },
          ),
        ),
      );

      const outcomes = people.map((_, index) => [here![index]!.outcome, there![index]!.outcome].sort());
      expect(outcomes).toEqual(people.map(() => ['DUPLICATE_SUSPECTED', 'RECORDED']));
      expect(await onHand(penta)).toBe(before - people.length);
    });
  });

  it('are at most a thousand in a call', async () => {
    const dose = row(await child(70));

    const answer = await send(Array.from({ length: 1001 }, () => dose));

    expect(answer.errors![0]!.extensions.code).toBe('INVALID_INPUT');
  });

  /** Everything that a device could have: good, refused, repeated, several of one person. */
  async function gathered(): Promise<Row[]> {
    const expired = await stock('penta-10', 5, { expiresOn: days(-20) });
    const [a, b, c, dead] = [
      await child(200),
      await child(200),
      await child(70),
      await child(70, { status: 'deceased' }),
    ];
    return [
      row(a, { givenAt: ago(13 * DAY) }),
      row(a, { givenAt: ago(13 * DAY), lotId: opv }),
      row(a, { givenAt: ago(2 * HOUR) }),
      row(b, { givenAt: ago(9 * DAY) }),
      row(b, { givenAt: ago(HOUR), lotId: opv }),
      row(c, { lotId: expired }),
      row(c, { givenAt: ago(30 * DAY) }),
      row(c),
      row(dead),
      row(newId()),
    ];
  }

  it('end as the same doses, stock and answers in any order, any parts, any repetition, also at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (random, parts, atOnce) => {
          const next = (below: number) => (random.next().value as number) % below;
          const all = await gathered();
          const before = [await onHand(penta), await onHand(opv)];
          const sent = [...all, ...all.filter(() => next(2) === 0)];
          for (let i = sent.length - 1; i > 0; i--) {
            const j = next(i + 1);
            [sent[i], sent[j]] = [sent[j]!, sent[i]!];
          }
          const size = Math.ceil(sent.length / parts);
          const calls = Array.from({ length: parts }, (_, i) => sent.slice(i * size, (i + 1) * size)).filter(
            part => part.length > 0,
          );

          if (atOnce) await Promise.all(calls.map(part => sync(part)));
          else for (const part of calls) await sync(part);
          const answers = await sync(all);

          expect(answers.map(told)).toEqual([
            ...Array(5).fill('ALREADY_RECORDED Vaccination'),
            'REFUSED LotExpired',
            'REFUSED DateNotToday',
            'ALREADY_RECORDED Vaccination',
            'REFUSED PersonDeceased',
            'REFUSED DoseNotTaken',
          ]);
          expect([await onHand(penta), await onHand(opv)]).toEqual([before[0]! - 4, before[1]! - 2]);
          const doses = await rows<{ given_on: string }>(
            `SELECT id FROM vaccination WHERE client_id = ANY ($1)`,
            [all.map(({ clientId }) => clientId)],
          );
          expect(doses).toHaveLength(6);
          const open = await rows(
            `SELECT FROM pending_dose WHERE client_id = ANY ($1) AND state = 'PENDING'`,
            [all.map(({ clientId }) => clientId)],
          );
          expect(open).toHaveLength(4);
          expect(await service.app.get(RebuildStock).compare(ctx)).toEqual([]);
        },
      ),
      { numRuns: 15, verbose: true }, // a failure prints the seed
    );
  }, 180_000);

  describe('and what a device takes along', () => {
    const PACK = `query ($facilityId: ID!, $sessionId: ID!, $first: Int!, $after: String) {
      sessionPack(facilityId: $facilityId, sessionId: $sessionId, first: $first, after: $after) {
        serverTime expiresAt date endCursor signingKeys { kid publicJwk }
        people { personId name birthDate sex products checkedIn doses { vaccineCode givenOn } }
        products { code } lots { lotId productCode doses } schedule { code version json } } }`;
    const SESSION = `INSERT INTO session (facility_id, id, date, start_time, end_time, products, opens_at, state, created_at, changed_at)
      VALUES ($1, $2, $3, $4, '23:59', '{penta-10}', now(), 'PLANNED', now(), now())`;
    const BOOKED = `INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, made,
      state, created_at, changed_at)
      VALUES ($1, $2::uuid, $2::uuid, $3, 'any', $4, '{penta-10}', '{}', 'OWN', 'BOOKED', now(), now())`;
    let planned = 0;
    const session = async (day: string) => {
      const sessionId = newId();
      await rows(SESSION, [facilityId, sessionId, day, `00:${10 + planned++}`]);
      return sessionId;
    };
    const pack = (sessionId: string, more: object = {}, who: object = { purpose: 'outreach' }) =>
      service.graphql(PACK, { facilityId, sessionId, first: 2, ...more }, { ...vaccinator, ...who });

    it('is who is expected, page by page, with lots, products, schedule and keys; each person is in the audit', async () => {
      const sessionId = await session(today);
      const people = [await child(70), await child(70), await child(70)];
      for (const personId of people) await rows(BOOKED, [facilityId, newId(), sessionId, personId]);
      await sync([row(people[0]!, { givenAt: ago(2 * DAY), lotId: opv })]);

      const first = await pack(sessionId);
      const second = await pack(sessionId, { after: first.data.sessionPack.endCursor });

      expect(first.errors).toBeUndefined();
      const { sessionPack } = first.data;
      const expected = [...sessionPack.people, ...second.data.sessionPack.people];
      expect(expected.map(({ personId }) => personId)).toEqual(people);
      expect(expected[0]).toMatchObject({ checkedIn: false, products: ['penta-10'], sex: 'female' });
      expect(expected[0].doses).toEqual([expect.objectContaining({ givenOn: days(-2) })]);
      expect(sessionPack.lots.map(({ productCode }: { productCode: string }) => productCode)).toContain(
        'penta-10',
      );
      expect(sessionPack.lots.map(({ lotId }: { lotId: string }) => lotId)).not.toContain(opv);
      expect(sessionPack.products).toEqual([{ code: 'penta-10' }]);
      const schedule = JSON.parse(sessionPack.schedule.json);
      expect([schedule.code, schedule.version]).toEqual([
        sessionPack.schedule.code,
        sessionPack.schedule.version,
      ]);
      expect(JSON.parse(sessionPack.signingKeys[0].publicJwk)).toMatchObject({ kty: 'EC' });
      expect(Date.parse(sessionPack.expiresAt)).toBeGreaterThan(Date.now());
      const read = await rows(
        `SELECT FROM audit_entry WHERE action = 'session.pack' AND purpose = 'outreach' AND person_id = ANY ($1::uuid[])`,
        [people],
      );
      expect(read).toHaveLength(3);
    });

    it('is served in pages of a hundred, with all there is to ask for', async () => {
      const sessionId = await session(today);

      const whole = await pack(sessionId, { first: 100 });

      expect(whole.errors).toBeUndefined();
    });

    it('is enough to vaccinate somebody who has a place: her visit is then over', async () => {
      const sessionId = await session(today);
      const [booked, stranger] = [await child(70), await child(70)];
      await rows(BOOKED, [facilityId, newId(), sessionId, booked]);
      const there = { sessionId, presence: 'CHECKED_IN', givenAt: ago(1000) };

      const answers = await sync([row(booked, there), row(stranger, there)]);

      expect(answers.map(told)).toEqual(['RECORDED Vaccination', 'REFUSED NotCheckedIn']);
      const visits = await rows(`SELECT state FROM appointment WHERE session_id = $1`, [sessionId]);
      expect(visits).toEqual([{ state: 'COMPLETED' }]);
    });

    it('takes a purpose, a session of this week, and somebody who records there', async () => {
      const sessionId = await session(today);
      const registrar = await as([atFacility('registrar', facilityId)]);
      const stranger = await as([atFacility('vaccinator', elsewhere)]);

      const answers = [
        await pack(sessionId, {}, { purpose: undefined }),
        await pack(await session(days(8))),
        await pack(await session(days(-1))),
        await pack(newId()),
        await pack(sessionId, {}, { ...registrar, purpose: 'outreach' }),
        await pack(sessionId, {}, { ...stranger, purpose: 'outreach' }),
      ];

      expect(answers.map(answer => answer.errors![0]!.extensions.code)).toEqual([
        'INVALID_INPUT',
        'STATE_FORBIDS',
        'STATE_FORBIDS',
        'NOT_FOUND',
        'FORBIDDEN',
        'FORBIDDEN',
      ]);
    });
  });

  describe('who may send them', () => {
    it('is who may record where they were given; a dose of elsewhere is refused alone and leaves no trace', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...STAFF_ROLES, 'vaccinator' as const),
          fc.constantFrom('country', 'here', 'elsewhere'),
          async (role, reach) => {
            const at = reach === 'here' ? facilityId : elsewhere;
            const who = await as([reach === 'country' ? country(role) : atFacility(role, at)]);
            const dose = row(await child(70));

            const answer = await send([dose], { deviceId: newId() }, who);

            const found = answer.errors?.[0]?.extensions.code ?? answer.data.syncDoses.doses[0];
            const expected =
              role !== 'vaccinator'
                ? 'FORBIDDEN'
                : reach === 'elsewhere'
                  ? expect.objectContaining({
                      result: expect.objectContaining({ code: 'FORBIDDEN' }),
                      pendingId: null,
                    })
                  : expect.objectContaining({ outcome: 'RECORDED' });
            expect(found).toEqual(expected);
          },
        ),
        { numRuns: 60, verbose: true },
      );
    }, 120_000);

    it('is nobody of another country, and nobody who has not signed in', async () => {
      const neighbour = await service.country('bb');
      const token = await service.tokenFor(neighbour, [country('vaccinator')]);
      const dose = row(await child(70));

      const [foreign] = (await send([dose], {}, { tenant: 'bb', token })).data.syncDoses.doses;
      const anonymous = await service.graphql(
        SYNC,
        { input: { deviceId: device, deviceTime: new Date().toISOString(), doses: [dose] } },
        { tenant: 'aa' },
      );

      expect(foreign.result).toMatchObject({ __typename: 'DoseNotTaken', code: 'NOT_FOUND' });
      expect(anonymous.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    }, 120_000);
  });
});
