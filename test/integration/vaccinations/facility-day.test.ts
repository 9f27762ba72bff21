import { ReadQueue } from '../../../src/appointments/facility-day/read-queue';
import { newId } from '../../../src/common';
import { EndSession } from '../../../src/facilities/sessions/end-session';
import { SyncDoses } from '../../../src/vaccinations/offline/sync-doses';
import type { TenantRef } from '../../../src/platform/context';
import { Programmes } from '../../../src/programmes';
import { write } from '../../harness/worlds/clinic';
import { Clinic, DAY } from '../../harness/worlds/facility-day';
import { testService, type TestService } from '../../harness/service';

describe('a clinic’s day', () => {
  let service: TestService;
  let tenant: TenantRef;
  let clinic: Clinic;
  let session: string;

  beforeAll(async () => {
    service = await testService();
    tenant = await service.country('aa');
  }, 120_000);
  afterAll(() => service.stop());
  beforeEach(async () => {
    clinic = await Clinic.open(service, tenant);
    session = await clinic.session();
    await clinic.keep(session);
  });

  const ticketsOf = (answer: { visits: { ticket: number }[] }) => answer.visits.map(({ ticket }) => ticket);

  it('takes somebody from waiting over verification, dose and observation to her leave, each step with who and when', async () => {
    const visit = await clinic.walkIn(session);
    clinic.atMinute(5);
    await clinic.call('VERIFICATION', { station: 'Desk 1' });
    await clinic.verify([visit.id]);
    clinic.atMinute(9);
    await clinic.call('VACCINATION', { station: 'Room 2' });
    const dose = await clinic.dose(visit.personId, { sessionId: session, by: 'vaccinator' });
    clinic.atMinute(39);
    await clinic.keepTime();
    clinic.atMinute(40);
    await clinic.end([visit.id]);

    const { visit: seen, steps } = await clinic.visit(visit.id);

    expect(seen).toMatchObject({
      state: 'GONE',
      vaccinatedAt: clinic.instant(9),
      observedUntil: clinic.instant(39),
    });
    expect(steps.map(({ step, by, at }) => [step, by, at])).toEqual([
      ['ARRIVED', 'nurse', clinic.instant(0)],
      ['CALLED', 'nurse', clinic.instant(5)],
      ['VERIFIED', 'nurse', clinic.instant(5)],
      ['CALLED', 'nurse', clinic.instant(9)],
      ['VACCINATED', 'vaccinator', clinic.instant(9)],
      ['OBSERVED', 'system', clinic.instant(39)],
      ['GONE', 'nurse', clinic.instant(40)],
    ]);
    const traces = await clinic.rows<{ actions: string[]; facts: string[] }>(
      `SELECT (SELECT array_agg(action ORDER BY action) FROM audit_entry WHERE resource_id = $1 AND action <> 'visit.read') AS actions,
              (SELECT array_agg(payload->>'step' ORDER BY id) FROM outbox_event WHERE payload->>'visitId' = $1) AS facts`,
      [visit.id],
    );
    expect(traces[0]!.facts).toEqual(steps.map(({ step }) => step));
    expect(traces[0]!.actions).toHaveLength(steps.length);
    expect(dose.type).toBe('Vaccination');
  });

  it('calls people by the time booked, those without an appointment by when they came, families together', async () => {
    const later = await clinic.session('10:00');
    await clinic.keep(later);
    const [early, late, mother] = [
      await clinic.booked(session),
      await clinic.booked(later),
      await clinic.booked(session),
    ];
    clinic.atMinute(10);
    const first = await clinic.walkIn(session);
    clinic.atMinute(20);
    const ofTen = await clinic.comes(later, late);
    const ofNine = await clinic.comes(session, early);
    const family = await clinic.join(session, [
      { personId: mother, overrideReason: 'no phone' },
      { personId: await clinic.person() },
    ]);
    const last = await clinic.walkIn(later);

    const called = [];
    for (let i = 0; i < 5; i++) called.push(ticketsOf(await clinic.call('VERIFICATION')));

    expect(called).toEqual([
      [ofNine.ticket],
      ticketsOf(family),
      [first.ticket],
      [last.ticket],
      [ofTen.ticket],
    ]);
    expect((await clinic.call('VERIFICATION')).type).toBe('NobodyWaiting');
  });

  it('calls priority groups first where the session says so, in the programme’s order, of the record or attested', async () => {
    const groups = await service.app.get(Programmes).priorityGroups(clinic.as());
    const attested = groups.find(group => group.anyOf.every(({ observation }) => observation))!;
    await clinic.keep(session, true);
    const plain = await clinic.person('2001-01-01');
    const first = await clinic.walkIn(session, plain);
    const second = await clinic.join(session, [
      { personId: await clinic.person('2001-01-01'), attestedGroups: [attested.code] },
    ]);

    const called = [await clinic.call('VERIFICATION'), await clinic.call('VERIFICATION')];

    expect(second.visits[0]!.rank).toBe(attested.order);
    expect(called.map(ticketsOf)).toEqual([ticketsOf(second), [first.ticket]]);
  });

  it('keeps one ticket for whoever comes to the desk again, in the same queue or another', async () => {
    const other = await clinic.session('11:00');
    await clinic.keep(other);
    const visit = await clinic.walkIn(session);
    const key = newId();
    const child = await clinic.person();

    const again = await clinic.join(session, [{ personId: visit.personId }, { personId: child }], key);
    const repeated = await clinic.join(session, [{ personId: visit.personId }, { personId: child }], key);
    const elsewhere = await clinic.walkIn(other, visit.personId);

    expect(again.visits.map(({ personId }) => personId)).toEqual([visit.personId, child]);
    expect(repeated.visits.map(({ id }) => id)).toEqual(again.visits.map(({ id }) => id));
    expect(elsewhere.id).toBe(visit.id);
  });

  it('brings in whoever is checked in or admitted, and nobody where no queue is kept', async () => {
    const without = await clinic.session('12:00');
    const [one, two, three] = [
      await clinic.booked(session),
      await clinic.person(),
      await clinic.booked(without),
    ];

    await clinic.checkIn(session, one);
    await clinic.admit(session, two);
    await clinic.checkIn(without, three);
    const dose = await clinic.dose(three, { sessionId: without });

    const people = await clinic.rows<{ person_id: string }>(
      `SELECT person_id FROM visit WHERE facility_id = $1 ORDER BY ticket`,
      [clinic.facilityId],
    );
    expect(people.map(({ person_id }) => person_id)).toEqual([one, two]);
    expect((await clinic.join(without, [{ personId: three }])).type).toBe('NoQueue');
    expect(dose.type).toBe('Vaccination');
  });

  it('lets in all of a family or nobody, and counts a wrong code all the same', async () => {
    const family = [{ personId: await clinic.person() }, { code: 'ZZZZZZ' }];

    const answer = await clinic.join(session, family);

    expect(answer).toMatchObject({ type: 'WrongCode', triesLeft: 9 });
    expect(await clinic.rows(`SELECT FROM visit WHERE facility_id = $1`, [clinic.facilityId])).toEqual([]);
    await expect(clinic.join(session, [{ personId: await clinic.booked(session) }])).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  it('gives two desks two people, and tells the second of whom the first has called', async () => {
    const visits = [await clinic.walkIn(session), await clinic.walkIn(session), await clinic.walkIn(session)];

    const calls = await Promise.all(
      ['one', 'two', 'three', 'four'].map(by => clinic.call('VERIFICATION', { by, station: by })),
    );
    const called = calls.flatMap(({ visits: [visit] }) => (visit ? [visit.id] : []));
    const taken = calls.find(({ visits: [visit] }) => visit?.id === visits[0]!.id);
    const other = taken!.visits[0]!.station === 'one' ? 'two' : 'one';

    expect(called.sort()).toEqual(visits.map(({ id }) => id).sort());
    expect(calls.filter(({ type }) => type === 'NobodyWaiting')).toHaveLength(1);
    expect(await clinic.call('VERIFICATION', { by: other, visitId: visits[0]!.id })).toMatchObject({
      type: 'CalledByAnother',
      station: taken!.visits[0]!.station,
    });
  });

  it('calls the same people when a call is sent again, and others once they were put back', async () => {
    const [first, second] = [await clinic.walkIn(session), await clinic.walkIn(session)];
    const idempotencyKey = newId();

    const call = await clinic.call('VERIFICATION', { idempotencyKey });
    const again = await clinic.call('VERIFICATION', { idempotencyKey });
    clinic.atMinute(3);
    await clinic.putBack(first.id);
    const next = await clinic.call('VERIFICATION');
    const after = await clinic.call('VERIFICATION');

    expect([call, again, next, after].map(ticketsOf)).toEqual([
      [first.ticket],
      [first.ticket],
      [second.ticket],
      [first.ticket],
    ]);
  });

  it('moves a visit with the dose, once however often it is sent, and with the family’s doses in one call', async () => {
    const { visits } = await clinic.join(session, [
      { personId: await clinic.person() },
      { personId: await clinic.person() },
    ]);
    const idempotencyKey = newId();

    await Promise.all(visits.map(({ personId }) => clinic.dose(personId, { sessionId: session })));
    await clinic.dose(visits[0]!.personId, { idempotencyKey });
    await clinic.dose(visits[0]!.personId, { idempotencyKey });

    expect(await clinic.stateOf(visits[0]!.id)).toEqual({
      state: 'VACCINATED',
      steps: ['ARRIVED', 'VACCINATED', 'VACCINATED'],
    });
    expect((await clinic.stateOf(visits[1]!.id)).steps).toEqual(['ARRIVED', 'VACCINATED']);
  });

  it('lets nobody go before half an hour after the dose without a reason; an hour after an earlier reaction', async () => {
    const [usual, careful] = [await clinic.walkIn(session), await clinic.walkIn(session)];
    await clinic.verify([usual.id]);
    await clinic.verify([careful.id], { earlierReaction: true });
    for (const { personId } of [usual, careful]) await clinic.dose(personId);
    clinic.atMinute(29);
    const early = await clinic.end([usual.id]);
    clinic.atMinute(30);
    const board = await clinic.board();
    const onTime = await clinic.end([usual.id]);
    const still = await clinic.end([careful.id]);
    const withReason = await clinic.end([careful.id], 'REFERRED');

    expect(early).toMatchObject({ type: 'ReasonNeeded', observedUntil: clinic.instant(30) });
    expect(board.mayGo).toEqual([usual.ticket]);
    expect(onTime.visits[0]).toMatchObject({ state: 'GONE', leftBecause: null });
    expect((await clinic.stateOf(usual.id)).steps.slice(-2)).toEqual(['OBSERVED', 'GONE']);
    expect(still).toMatchObject({ type: 'ReasonNeeded', observedUntil: clinic.instant(60) });
    expect(withReason.visits[0]).toMatchObject({ state: 'GONE', leftBecause: 'REFERRED' });
  });

  it('says when somebody’s time is over, once', async () => {
    const visit = await clinic.walkIn(session);
    await clinic.dose(visit.personId);
    const over = () =>
      clinic.rows(
        `SELECT FROM outbox_event WHERE payload->>'visitId' = $1 AND payload->>'step' = 'OBSERVED'`,
        [visit.id],
      );

    clinic.atMinute(29);
    await clinic.keepTime();
    const before = await over();
    clinic.atMinute(30);
    await clinic.keepTime();
    await clinic.keepTime();

    expect(before).toEqual([]);
    expect(await over()).toHaveLength(1);
  });

  it('is shown by tickets, never by people', async () => {
    clinic.atMinute(0);
    const [a, b, c, d] = [
      await clinic.walkIn(session),
      await clinic.walkIn(session),
      await clinic.walkIn(session),
      await clinic.walkIn(session),
    ];
    await clinic.verify([c.id]);
    clinic.atMinute(12);
    await clinic.dose(d.personId);
    await clinic.call('VERIFICATION', { station: 'Desk 1' });

    const board = await clinic.board();

    expect(board).toEqual({
      asOf: clinic.instant(12),
      numbers: { waiting: 2, verified: 1, vaccinated: 1, observed: 0, gone: 0, left: 0 },
      called: [{ ticket: a.ticket, station: 'Desk 1', calledAt: clinic.instant(12) }],
      nextToVerify: [b.ticket],
      nextToVaccinate: [c.ticket],
      mayGo: [],
      medianWaitMinutes: 12,
      longestWaitMinutes: 12,
    });
    expect(JSON.stringify(board)).not.toContain(a.personId);
  });

  it('refuses a verification after the dose, and keeps one that a device tells late', async () => {
    const visit = await clinic.walkIn(session);
    clinic.atMinute(10);
    await clinic.dose(visit.personId);
    clinic.atMinute(60);

    const now = await clinic.verify([visit.id]);
    const wrongClock = { at: clinic.instant(8 - 600), deviceTime: clinic.instant(60 - 600) };
    const late = await clinic.verify([visit.id], wrongClock);
    const again = await clinic.verify([visit.id], wrongClock);

    expect(now).toMatchObject({ type: 'NotInOrder', state: 'OBSERVED' });
    expect([late.type, again.type]).toEqual(['VisitsServed', 'VisitsServed']);
    const { visit: seen, steps } = await clinic.visit(visit.id);
    expect(seen.state).toBe('OBSERVED');
    expect(steps.map(({ step, at, toldAt }) => [step, at, toldAt]).at(-1)).toEqual([
      'VERIFIED',
      clinic.instant(8),
      clinic.instant(60),
    ]);
    expect(steps).toHaveLength(3);
    await expect(clinic.end([visit.id], undefined, { at: clinic.now() })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(
      clinic.end([visit.id], undefined, { at: clinic.instant(61), deviceTime: clinic.instant(60) }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('knows of a dose that a device tells after the day was closed, and of its time', async () => {
    const visit = await clinic.walkIn(session);
    clinic.atMinute(480);
    await clinic.close(session);
    const closed = await clinic.stateOf(visit.id);
    const given = clinic.instant(100);

    clinic.atMinute(500);
    const synced = await service.app.get(SyncDoses).run(clinic.as(), {
      deviceId: 'tablet-0001',
      deviceTime: clinic.now(),
      doses: [
        {
          clientId: newId(),
          personId: visit.personId,
          facilityId: clinic.facilityId,
          lotId: clinic.lotId,
          givenAt: given,
          presence: 'WALK_IN',
        },
      ],
    });

    const { visit: seen } = await clinic.visit(visit.id);
    expect(closed).toEqual({ state: 'LEFT', steps: ['ARRIVED', 'LEFT'] });
    expect(synced.doses[0]!.outcome).toBe('RECORDED');
    expect(seen).toMatchObject({ state: 'GONE', vaccinatedAt: given });
  });

  it('sends nobody home for a dose that was recorded for the wrong person', async () => {
    const visit = await clinic.walkIn(session);
    await clinic.verify([visit.id]);
    const { id } = await clinic.dose(visit.personId);

    await clinic.voidDose(visit.personId, id as string);

    expect(await clinic.stateOf(visit.id)).toMatchObject({ state: 'VERIFIED' });
    expect(ticketsOf(await clinic.call('VACCINATION'))).toEqual([visit.ticket]);
  });

  it('ends for those who wait when the session is cancelled, and goes on for those who are observed', async () => {
    const [waiting, vaccinated] = [await clinic.walkIn(session), await clinic.walkIn(session)];
    await clinic.dose(vaccinated.personId);
    const admin = clinic.as('admin', 'facility-admin');
    await service.app
      .get(EndSession)
      .cancel(admin, { facilityId: clinic.facilityId, sessionId: session, reason: 'flood' });

    const between = await clinic.call('VERIFICATION');
    await service.carryFacts();

    const { visit: left } = await clinic.visit(waiting.id);
    expect(between.type).toBe('NobodyWaiting');
    expect(left).toMatchObject({ state: 'LEFT', leftBecause: 'SESSION_CANCELLED' });
    expect((await clinic.stateOf(vaccinated.id)).state).toBe('VACCINATED');
    expect((await clinic.join(session, [{ personId: await clinic.person() }])).type).toBe('SessionCancelled');
  });

  it('begins anew for whoever waited in a cancelled session and joins another before its queue is closed', async () => {
    const other = await clinic.session('11:00');
    await clinic.keep(other);
    const waiting = await clinic.walkIn(session);
    await service.app.get(EndSession).cancel(clinic.as('admin', 'facility-admin'), {
      facilityId: clinic.facilityId,
      sessionId: session,
      reason: 'flood',
    });

    const joined = await clinic.join(other, [{ personId: waiting.personId }]);
    const called = await clinic.call('VERIFICATION');
    await service.carryFacts();

    const { visit: left } = await clinic.visit(waiting.id);
    expect(left).toMatchObject({ state: 'LEFT', leftBecause: 'SESSION_CANCELLED' });
    expect(joined.visits).toMatchObject([{ sessionId: other, ticket: waiting.ticket + 1, state: 'WAITING' }]);
    expect(called.visits).toMatchObject([{ id: joined.visits[0]!.id }]);
    expect(await clinic.stateOf(joined.visits[0]!.id)).toMatchObject({ state: 'WAITING' });
  });

  it('that nobody closed is closed after midnight, with the reason', async () => {
    const [waiting, vaccinated] = [await clinic.walkIn(session), await clinic.walkIn(session)];
    clinic.atMinute(14 * 60 + 50); // ten to midnight
    await clinic.dose(vaccinated.personId);
    clinic.atMinute(15 * 60 + 1);

    await clinic.keepTime();

    const ended = [await clinic.visit(waiting.id), await clinic.visit(vaccinated.id)];
    expect(ended.map(({ visit: { state, leftBecause } }) => [state, leftBecause])).toEqual([
      ['LEFT', 'DAY_OVER'],
      ['GONE', 'DAY_OVER'],
    ]);
    const [queue] = await clinic.rows(
      `SELECT closed_because, to_char(day, 'YYYY-MM-DD') AS day FROM session_queue WHERE session_id = $1`,
      [session],
    );
    expect(queue).toEqual({ closed_because: 'DAY_OVER', day: DAY });
    await expect(clinic.keep(session)).resolves.toMatchObject({ type: 'NotToday' });
  });

  it('shows a citizen her own ticket and how many are before her', async () => {
    const accountId = newId();
    await clinic.walkIn(session);
    const own = await clinic.person();
    await write(
      service,
      tenant,
      `INSERT INTO person_account (person_id, account_id, relation, linked_at) VALUES ($1, $2, 'child', now())`,
      [own, accountId],
    );
    const visit = await clinic.walkIn(session, own);
    const citizen = service.contextOf(tenant, {
      actor: {
        kind: 'citizen',
        id: accountId,
        grants: [{ role: 'citizen', reach: { kind: 'self', id: accountId } }],
      },
      now: () => clinic.now(),
    });

    const mine = await service.app.get(ReadQueue).mine(citizen);

    expect(mine).toMatchObject([{ ahead: 1, visit: { ticket: visit.ticket, state: 'WAITING' } }]);
  });
});
