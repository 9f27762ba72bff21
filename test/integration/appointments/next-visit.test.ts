import { SweepExpiredHolds } from '../../../src/appointments/booking/sweep-expired-holds';
import { addTo, civilDayOf, newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { type BookingWorld, bookingWorld, type Family } from '../../harness/worlds/booking';
import { addStock } from '../../harness/worlds/clinic';
import { atFacility, country, testService, type TestService } from '../../harness/service';

const PRODUCT = 'penta-10';
const RECORD = `mutation ($input: RecordVaccinationInput!) { recordVaccination(input: $input) { __typename ... on Vaccination { id } ... on Refusal { message } } }`;
const NEXT = `query ($personId: ID!) { nextVisit(personId: $personId) { vaccineGroup doseNumber product { code } earliest recommended
  facilityId appointment { bookingId facilityId sessionId date state expiresAt products } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { confirmAppointment(input: $input) { __typename ... on Booking { appointments { state checkInCode } } } }`;

let service: TestService;
let tenant: TenantRef;
let world: BookingWorld;
let today: string;
let registrar: string;

beforeAll(async () => {
  service = await testService();
  tenant = await service.country('xg', 'gh');
  world = await bookingWorld(service, tenant);
  today = civilDayOf(new Date(), tenant.timeZone);
  registrar = await service.tokenFor(tenant, [country('registrar')]);
}, 120_000);
afterAll(() => service?.stop());

const day = (days: number): string => addTo(today, { months: 0, days });
const ask = async (query: string, variables: Record<string, unknown>, token: string) => {
  const { data, errors } = await service.graphql(query, variables, { tenant: tenant.code, token });
  return { data, code: errors?.[0]?.extensions.code };
};
const next = async (personId: string, token = registrar) =>
  (await ask(NEXT, { personId }, token)).data.nextVisit;

interface Clinic {
  facilityId: string;
  lotId: string;
  vaccinator: string;
}
const clinic = async (): Promise<Clinic> => {
  const facilityId = await world.facility();
  return {
    facilityId,
    lotId: await addStock(service, tenant, { facilityId, product: PRODUCT, doses: 50, expiresOn: day(90) }),
    vaccinator: await service.tokenFor(tenant, [atFacility('vaccinator', facilityId)]),
  };
};
/** A session of the product, so many days from now. */
const session = async (facilityId: string, days: number, places: number): Promise<string> => {
  const id = await world.session(facilityId, { any: places }, { date: day(days) });
  await world.query(`UPDATE session SET products = ARRAY['${PRODUCT}'] WHERE id = $1`, [id]);
  return id;
};
/** A child ten weeks old gets her first dose, and the news of it goes round. */
const firstDose = async ({ facilityId, lotId, vaccinator }: Clinic): Promise<Family> => {
  const family = await world.family(1, day(-70));
  const [personId] = family.personIds;
  const input = { idempotencyKey: newId(), personId, facilityId, lotId, presence: 'WALK_IN' };
  const { data } = await ask(RECORD, { input }, vaccinator);
  expect(data.recordVaccination.__typename).toBe('Vaccination');
  for (let due = 1; due > 0;) {
    await service.carryFacts();
    due = (await world.query(`SELECT FROM outbox_event WHERE delivered_at IS NULL`)).length;
  }
  return family;
};

describe('after a first dose', () => {
  it('the second is proposed with the same product, and a place is kept where the first was given', async () => {
    const here = await clinic();
    await session(here.facilityId, 20, 5); // before it is recommended
    const due = await session(here.facilityId, 29, 1);

    const family = await firstDose(here);
    const visit = await next(family.personIds[0]!);

    expect(visit).toMatchObject({
      doseNumber: 2,
      product: { code: PRODUCT },
      recommended: day(28),
      facilityId: here.facilityId,
      appointment: { sessionId: due, state: 'HELD', date: day(29), products: [PRODUCT] },
    });
    expect(await world.counts(due)).toEqual({ any: { held: 1, booked: 0 } });
  });

  it('she is told, and confirms the place like any other', async () => {
    const here = await clinic();
    const due = await session(here.facilityId, 29, 1);
    const family = await firstDose(here);
    const { bookingId } = (await next(family.personIds[0]!)).appointment;

    const input = { facilityId: here.facilityId, bookingId, idempotencyKey: newId() };
    const { data } = await ask(CONFIRM, { input }, family.token);

    const messages = await world.query<{ text: string }>(
      `SELECT text FROM sandbox_message WHERE receiver = $1`,
      [family.phone],
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]!.text).toContain('Confirm it by');
    expect(data.confirmAppointment.appointments).toMatchObject([{ state: 'BOOKED' }]);
    expect(await world.counts(due)).toEqual({ any: { held: 0, booked: 1 } });
  });

  it('a place that she does not confirm in three days is anybody’s', async () => {
    const here = await clinic();
    const due = await session(here.facilityId, 29, 1);
    const family = await firstDose(here);
    const later = new Date(Date.now() + 73 * 3600_000);

    await service.app.get(SweepExpiredHolds).run(service.contextOf(tenant, { now: () => later }));

    expect((await next(family.personIds[0]!)).appointment).toBeNull();
    expect(await world.counts(due)).toEqual({ any: { held: 0, booked: 0 } });
  });

  it('the second is proposed without a place where there is none free in its time', async () => {
    const here = await clinic();
    const full = await session(here.facilityId, 29, 0);

    const family = await firstDose(here);
    const visit = await next(family.personIds[0]!);

    expect(visit).toMatchObject({ doseNumber: 2, appointment: null });
    expect(await world.counts(full)).toEqual({ any: { held: 0, booked: 0 } });
  });

  it('one place is kept, however often the same fact arrives', async () => {
    const here = await clinic();
    const due = await session(here.facilityId, 29, 3);
    await session(here.facilityId, 30, 3);
    await firstDose(here);
    await world.query(
      `UPDATE outbox_event SET delivered_at = NULL WHERE type = 'vaccinations.dose-recorded'`,
    );

    await service.carryFacts();

    expect(await world.counts(due)).toEqual({ any: { held: 1, booked: 0 } });
  });
});

describe('who may ask what comes next', () => {
  it('is staff who may see forecasts, and who acts for the person', async () => {
    const family = await firstDose(await clinic());
    const [personId] = family.personIds;
    const stranger = await world.family(1);
    const keeper = await service.tokenFor(tenant, [country('store-keeper')]);

    const codes = [
      (await ask(NEXT, { personId }, registrar)).code,
      (await ask(NEXT, { personId }, family.token)).code,
      (await ask(NEXT, { personId }, stranger.token)).code,
      (await ask(NEXT, { personId }, keeper)).code,
      (await ask(NEXT, { personId: newId() }, registrar)).code,
    ];

    expect(codes).toEqual([undefined, undefined, 'NOT_FOUND', 'FORBIDDEN', 'NOT_FOUND']);
  });
});
