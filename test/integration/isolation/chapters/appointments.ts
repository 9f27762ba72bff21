import { KeepDraws } from '../../../../src/appointments/allocation/draws/keep-draws';
import { TellWatchers } from '../../../../src/appointments/allocation/alerts/tell-watchers';
import type { Variables } from '../variables';
import type { Home, Life } from './life';

/** Places are held, moved, given up, waited for and drawn for. */
export async function inhabitAppointments(
  life: Life,
  {
    areaId,
    facilityId,
    products,
    penta,
    plan,
    sessionId,
    tomorrow,
    personId,
    mother,
    assisted,
  }: Pick<
    Home,
    | 'areaId'
    | 'facilityId'
    | 'products'
    | 'penta'
    | 'plan'
    | 'sessionId'
    | 'tomorrow'
    | 'personId'
    | 'mother'
    | 'assisted'
  >,
): Promise<void> {
  const { service, tenant, word, secrets, key, ask, tell, expecting } = life;
  const people = (products: string[]): Variables[] => [{ personId, products }];
  const booking = await expecting('Booking', 'citizen', 'holdPlaces', {
    facilityId,
    sessionId: tomorrow,
    people: people([penta]),
    device: `phone-of-${word}-mother`,
  });
  const booked = { bookingId: booking.id, facilityId };
  await expecting('Booking', 'citizen', 'confirmAppointment', { ...booked, ...key() });
  const moved = await expecting('Booking', 'citizen', 'rescheduleAppointment', {
    ...booked,
    toFacilityId: facilityId,
    toSessionId: sessionId,
    ...key(),
  });
  await expecting('SessionQueue', 'staff', 'keepQueue', { facilityId, sessionId });
  await expecting('WrongCode', 'staff', 'checkIn', { facilityId, sessionId, code: 'ZZZZ-ZZZZ' });
  await expecting('Appointment', 'staff', 'checkIn', {
    facilityId,
    sessionId,
    code: moved.appointments[0].checkInCode,
  });
  const other = await expecting('Booking', 'citizen', 'holdPlaces', {
    facilityId,
    sessionId: tomorrow,
    people: [{ personId: mother.id, products: [products.at(-1)!.code] }],
  });
  await tell('citizen', 'cancelAppointment', { bookingId: other.id, facilityId });
  await expecting('Appointment', 'staff', 'admitWalkIn', {
    facilityId,
    sessionId,
    person: { personId: assisted.id, products: [penta] },
  });
  await ask('citizen', 'myAppointments');

  // A session that there is no vaccine for
  const failing = await plan(5);
  const lost = await expecting('Booking', 'citizen', 'holdPlaces', {
    facilityId,
    sessionId: failing,
    people: [{ personId: mother.id, products: [products.at(-1)!.code] }],
  });
  await expecting('Booking', 'citizen', 'confirmAppointment', { facilityId, bookingId: lost.id, ...key() });
  const giveUp = { facilityId, sessionIds: [failing], to: [] };
  await ask('staff', 'relocationPreview', { input: giveUp });
  const order = await tell('staff', 'relocateAppointments', { ...giveUp, reason: `${word} heat`, ...key() });
  await service.runJobs();
  await ask('staff', 'relocation', { facilityId, id: order.id });

  // The queue of the day: the child is verified, both are called, one leaves
  const { visits } = await expecting('VisitParty', 'staff', 'joinQueue', {
    facilityId,
    sessionId,
    people: [{ personId }, { personId: mother.id }],
    ...key(),
  });
  const [visit, visitOfMother] = visits.map((one: { id: string }) => one.id);
  const desk = { facilityId, desk: 'VERIFICATION', station: `${word} desk` };
  await expecting('VisitParty', 'staff', 'callParty', { ...desk, visitId: visitOfMother, ...key() });
  await expecting('VisitsServed', 'staff', 'putBackVisits', { facilityId, visitIds: [visitOfMother] });
  await expecting('VisitsServed', 'staff', 'verifyVisits', {
    facilityId,
    visitIds: [visit],
    earlierReaction: false,
  });
  await expecting('VisitsServed', 'staff', 'endVisits', {
    facilityId,
    visitIds: [visitOfMother],
    reason: 'WOULD_NOT_WAIT',
  });
  await ask('anonymous', 'queueBoard', { facilityId });
  await ask('staff', 'visitQueue', { facilityId, first: 3 });
  await ask('staff', 'visit', { facilityId, id: visit });
  await ask('citizen', 'myVisits');
  const second = await plan(0, '00:02');
  await expecting('SessionQueue', 'staff', 'keepQueue', { facilityId, sessionId: second, byPriority: true });
  await tell('staff', 'closeQueue', { facilityId, sessionId: second, reason: 'EMERGENCY' });

  // Scarce places that were drawn for; the waiting room; a wish to be told
  await tell('staff', 'paceBooking', { perMinute: 60_000, burst: 100 });
  await expecting('PlaceAlert', 'citizen', 'watchPlaces', { areaId });
  const ended = await expecting('PlaceAlert', 'citizen', 'watchPlaces', { areaId, age: '9 months' });
  await ask('citizen', 'endPlaceAlert', { id: ended.id });
  await ask('citizen', 'myPlaceAlerts');
  const scarce = await plan(4);
  const inAnHour = new Date(Date.now() + 3_600_000);
  const draw = await expecting('Draw', 'staff', 'announceDraw', {
    facilityId,
    sessionId: scarce,
    policy: 'LOTTERY',
    places: 1,
    caps: { account: 4 },
    entriesUntil: inAnHour.toISOString(),
    drawnFrom: inAnHour.toISOString(),
  });
  await expecting('DrawEntry', 'citizen', 'enterDraw', {
    facilityId,
    drawId: draw.id,
    personId: mother.id,
    products: [products.at(-1)!.code],
  });
  await ask('citizen', 'waitingRoom');
  const thereafter = service.contextOf(tenant, { now: () => new Date(inAnHour.getTime() + 1) });
  await service.app.get(KeepDraws).run(thereafter);
  await service.app.get(TellWatchers).run(service.contextOf(tenant));
  await ask('citizen', 'myDrawEntries');
  await ask('anonymous', 'draw', { facilityId, sessionId: scarce });
  secrets.push(moved.appointments[0].checkInCode);
}
