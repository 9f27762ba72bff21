import { newId } from '../../../src/common';
import { country as everywhere, testService, type TestService } from '../../harness/service';
import { bookingWorld } from '../../harness/worlds/booking';

const HOLD = `mutation ($input: HoldPlacesInput!) { answer: holdPlaces(input: $input) { ... on Booking { id } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { answer: confirmAppointment(input: $input) { __typename } }`;
const CANCEL_SESSION = `mutation ($input: EndSessionInput!) { cancelSession(input: $input) { state } }`;

describe('a session that will not be held', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await testService();
  });
  afterAll(() => service.stop());

  it('is told to who has a place there in the language in which she booked', async () => {
    const tenant = await service.country('xs', 'ar');
    const world = await bookingWorld(service, tenant);
    const place = { facilityId: await world.facility(), sessionId: '' };
    place.sessionId = await world.session(place.facilityId, { any: 3 });
    const family = await world.family(1);
    const as = { tenant: 'xs', token: family.token };
    const people = family.personIds.map(personId => ({ personId, products: [world.product] }));
    const held = await service.graphql(HOLD, { input: { ...place, people } }, as);
    const booking = { facilityId: place.facilityId, bookingId: held.data.answer.id, idempotencyKey: newId() };
    await service.graphql(CONFIRM, { input: booking }, as);
    const manager = { tenant: 'xs', token: await service.tokenFor(tenant, [everywhere('district-manager')]) };

    await service.graphql(CANCEL_SESSION, { input: { ...place, reason: 'No vaccine' } }, manager);
    await service.carryFacts();
    await service.runJobs();
    await service.carryFacts();
    const messages = await world.query<{ text: string }>(
      `SELECT text FROM sandbox_message WHERE receiver = $1 ORDER BY id`,
      [family.phone],
    );

    expect(messages.at(-1)!.text).toContain('no se celebrará');
  });
});
