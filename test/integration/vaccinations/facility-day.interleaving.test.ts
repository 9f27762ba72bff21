import fc from 'fast-check';
import { after, isOpen, onArrival, type Standing } from '../../../src/appointments/facility-day/visit-rules';
import { QueueStore, type StepRow, type VisitRow } from '../../../src/appointments/facility-day/queue.store';
import { newId } from '../../../src/common';
import { EndSession } from '../../../src/facilities/sessions/end-session';
import type { TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { type Answer, Clinic, DAY } from '../../harness/worlds/facility-day';
import { SEED } from '../../harness/run/seed';
import { testService, type TestService } from '../../harness/service';

let service: TestService;
let tenant: TenantRef;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xd');
}, 120_000);
afterAll(() => service?.stop());

/** What is done in a clinic; what is done more often stands here more often. */
const DEEDS = [
  ['join', 'join', 'family', 'check-in', 'call', 'call', 'call-one', 'put-back', 'verify', 'verify'],
  ['dose', 'dose', 'dose-again', 'void', 'end', 'end', 'close', 'keep', 'time', 'cancel'],
].flat();

/** One thing that somebody in the clinic does; `who` and `how` are taken modulo what there is. */
const step = fc.record({
  what: fc.constantFrom(...DEEDS),
  who: fc.nat(),
  how: fc.nat(),
});
type Step = { what: string; who: number; how: number };

describe('whatever is done in a clinic at the same time', () => {
  it('nobody is lost, nobody is in two places, everybody is called in her turn, and each step leaves its traces', async () => {
    process.stdout.write(`seed ${SEED} (repeat with TIKASETU_TEST_SEED=${SEED})\n`);
    const seen = new Map<string, number>();
    const property = fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 3, maxLength: 7 }),
      rounds => runRounds(rounds, seen),
    );

    await fc.assert(property, { numRuns: 12, endOnFailure: true });

    process.stdout.write(`${JSON.stringify(Object.fromEntries(seen))}\n`);
    expect([...seen.keys()]).toEqual(expect.arrayContaining(['join VisitParty', 'called in turn'])); // whatever the seed
  }, 300_000);
});

async function runRounds(rounds: readonly Step[][], seen: Map<string, number>): Promise<void> {
  const clinic = await Clinic.open(service, tenant);
  const sessions = [await clinic.session('09:00'), await clinic.session('09:30')];
  for (const [index, session] of sessions.entries()) await clinic.keep(session, index === 1);
  const people = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      index % 3 === 0 ? clinic.booked(sessions[index % 2]!) : clinic.person('2001-01-01'),
    ),
  );
  const given: { personId: string; by: string; key: string; id: string | null }[] = [];
  let minutes = 0;

  const doing = async ({ what, who, how }: Step): Promise<Answer | null> => {
    const personId = people[who % people.length]!;
    const session = sessions[how % sessions.length]!;
    const visits = await visitsAt(clinic);
    const visit = visits.length > 0 ? visits[who % visits.length]! : null;
    const by = `nurse ${how % 3}`;
    const person = { personId, overrideReason: 'no phone' };
    switch (what) {
      case 'join':
        return clinic.join(session, [person]);
      case 'family':
        return clinic.join(session, [person, { ...person, personId: people[(who + 1) % people.length]! }]);
      case 'check-in':
        return clinic.checkIn(session, personId);
      case 'call':
        return clinic.call(how % 2 === 0 ? 'VERIFICATION' : 'VACCINATION', { by });
      case 'call-one':
        return visit && clinic.call('VERIFICATION', { by, visitId: visit.id });
      case 'put-back':
        return visit && clinic.putBack(visit.id);
      case 'verify':
        return visit && clinic.verify([visit.id], { earlierReaction: how % 3 === 0 });
      case 'dose': {
        const dose = { personId, by, key: newId(), id: null as string | null };
        given.push(dose);
        const answer = await clinic.dose(personId, { idempotencyKey: dose.key, by });
        dose.id = answer.type === 'Vaccination' ? (answer.id as string) : null;
        return answer;
      }
      case 'dose-again': {
        const dose = given[how % given.length];
        return dose ? clinic.dose(dose.personId, { idempotencyKey: dose.key, by: dose.by }) : null;
      }
      case 'void': {
        const dose = given[how % given.length];
        return dose?.id ? clinic.voidDose(dose.personId, dose.id) : null;
      }
      case 'end':
        return visit && clinic.end([visit.id], how % 2 === 0 ? 'REFUSED' : undefined);
      case 'close':
        return how % 4 === 0 ? clinic.close(session) : null;
      case 'keep':
        return clinic.keep(session, how % 3 === 0);
      case 'time':
        minutes += how % 25; // the clock moves between rounds: in one, everything is done at one moment
        await clinic.keepTime();
        return null;
      default:
        if (how % 8 !== 0) return null;
        await service.app.get(EndSession).cancel(clinic.as('admin', 'facility-admin'), {
          facilityId: clinic.facilityId,
          sessionId: session,
          reason: 'rain',
        });
        return null;
    }
  };
  /** Something may come too late or not be allowed: that is an answer; a step that is half taken is not. */
  const tried = async (each: Step): Promise<void> => {
    const ended = await doing(each).then(
      answer => answer?.type ?? 'nothing',
      (error: { code?: string }) => {
        if (
          !['CONFLICT', 'STATE_FORBIDS', 'INVALID_INPUT', 'NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'].includes(
            error.code ?? '',
          )
        )
          throw error as Error;
        return error.code!;
      },
    );
    const what = `${each.what} ${ended}`;
    seen.set(what, (seen.get(what) ?? 0) + 1);
  };

  await tried({ what: 'join', who: 1, how: 0 }); // somebody without an appointment is there, whatever the seed
  await expectFair(clinic, seen);
  for (const round of rounds) {
    clinic.atMinute(minutes);
    await Promise.all(round.map(tried));
    await expectSound(clinic);
    await expectFair(clinic, seen);
  }
  await service.carryFacts();
  for (const session of sessions) await clinic.close(session);
  await expectSound(clinic);
  expect((await visitsAt(clinic)).filter(({ state }) => isOpen(state))).toEqual([]);
}

const visitsAt = async (clinic: Clinic): Promise<VisitRow[]> => {
  const rows = await clinic.rows<{ id: string }>(
    `SELECT id FROM visit WHERE facility_id = $1 ORDER BY ticket`,
    [clinic.facilityId],
  );
  return service.app.get(Database).read(service.contextOf(tenant), async work => {
    const visits = [];
    for (const { id } of rows)
      visits.push((await service.app.get(QueueStore).visit(work, clinic.facilityId, id))!);
    return visits;
  });
};

const stepsOf = (clinic: Clinic, id: string): Promise<StepRow[]> =>
  service.app
    .get(Database)
    .read(service.contextOf(tenant), work =>
      service.app.get(QueueStore).stepsOf(work, clinic.facilityId, id),
    );

/**
 * Where everybody is follows from what was done, each step with one audit entry and one announcement; nobody is there
 * twice.
 */
async function expectSound(clinic: Clinic): Promise<void> {
  const visits = await visitsAt(clinic);
  const open = visits.filter(({ state }) => isOpen(state)).map(({ personId }) => personId);
  expect(new Set(open).size).toBe(open.length);
  expect(visits.map(({ ticket }) => ticket)).toEqual(visits.map((_, index) => index + 1));
  const doses: string[] = [];
  for (const visit of visits) {
    const steps = await stepsOf(clinic, visit.id);
    const replayed = steps.slice(1).reduce<Standing>(after, onArrival(visit.arrivedAt, visit.dueAt));
    expect(visit).toMatchObject(replayed);
    expect(steps.map(({ number }) => number)).toEqual(steps.map((_, index) => index + 1));
    doses.push(...steps.flatMap(({ step: kind, reference }) => (kind === 'VACCINATED' ? reference! : [])));
    const kinds = steps.map(({ step: kind }) => kind).sort();
    const [traces] = await clinic.rows<{ facts: string[]; actions: string[] }>(
      `SELECT (SELECT array_agg(payload->>'step') FROM outbox_event WHERE aggregate_id = $1::text) AS facts,
              (SELECT array_agg(upper(replace(substr(action, 7), '-', '_'))) FROM audit_entry
               WHERE resource_id = $1::text AND action <> 'visit.read') AS actions`,
      [visit.id],
    );
    expect({ facts: traces!.facts.sort(), actions: traces!.actions.sort() }).toEqual({
      facts: kinds,
      actions: kinds,
    });
  }
  expect(new Set(doses).size).toBe(doses.length);
  const recorded = await clinic.rows<{ id: string }>(
    `SELECT d.id FROM vaccination d WHERE d.facility_id = $1 AND d.kind = 'given' AND EXISTS (
       SELECT FROM visit v WHERE v.facility_id = d.facility_id AND v.person_id = d.person_id AND v.arrived_at < d.recorded_at)`,
    [clinic.facilityId],
  );
  expect(recorded.filter(({ id }) => !doses.includes(id))).toEqual([]);
}

/** Three desks call at the same moment: they get the three parties whose turn it is, each another one. */
async function expectFair(clinic: Clinic, seen: Map<string, number>): Promise<void> {
  const held = await clinic.rows<{ id: string }>(
    `SELECT id FROM session WHERE facility_id = $1 AND state <> 'CANCELLED'`,
    [clinic.facilityId],
  );
  const waiting = (await visitsAt(clinic))
    .filter(({ state, calledAt, day }) => state === 'WAITING' && calledAt === null && day === DAY)
    .sort(inTurn);
  // Whose session was cancelled has no turn of her own; with her family, who joined another, she is called.
  const inSession = waiting.filter(({ sessionId }) => held.some(({ id }) => id === sessionId));
  const parties = [...new Set(inSession.map(({ partyId }) => partyId))].slice(0, 3);
  const due = parties.flatMap(partyId =>
    waiting.filter(visit => visit.partyId === partyId).map(({ id }) => id),
  );

  const calls = await Promise.all([1, 2, 3].map(desk => clinic.call('VERIFICATION', { by: `desk ${desk}` })));

  const called = calls.flatMap(({ visits }) => visits.map(({ id }) => id));
  expect(called.sort()).toEqual(due.sort());
  expect(calls.filter(({ type }) => type === 'VisitParty')).toHaveLength(parties.length);
  if (called.length > 0) seen.set('called in turn', (seen.get('called in turn') ?? 0) + 1);
}

/** The rule in words: priority, then when they are due, then the ticket. */
const inTurn = (one: VisitRow, other: VisitRow): number =>
  (one.rank ?? Infinity) - (other.rank ?? Infinity) ||
  one.turnAt.getTime() - other.turnAt.getTime() ||
  one.ticket - other.ticket;
