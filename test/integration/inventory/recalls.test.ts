import { addTo, newId } from '../../../src/common';
import { addPerson, write } from '../../harness/worlds/clinic';
import { atFacility } from '../../harness/service';
import { PACK, RECALL } from './operations';
import { SupplyChain } from './supply-chain';

const RECIPIENTS = `query ($lotId: ID!, $first: Int, $after: String) { answer: lotRecipients(lotId: $lotId, first: $first, after: $after) {
  items { personId vaccinationId facilityId givenOn } endCursor } }`;
const RECORD = `mutation ($input: RecordVaccinationInput!) { answer: recordVaccination(input: $input) { __typename
  ... on Vaccination { id } ... on Refusal { message } } }`;
const VOID = `mutation ($input: VoidVaccinationInput!) { answer: voidVaccination(input: $input) { __typename } }`;

describe('stock that is recalled', () => {
  const chain = new SupplyChain();
  const { as, ask, code, addLot, allocate, despatch, receive, named } = chain;

  it('is found on every shelf, on its way, and in everybody who was given it', async () => {
    const lotId = await addLot(100);
    await despatch(await allocate(30));
    await allocate(10);
    const vaccinator = await as([atFacility('vaccinator', chain.store)]);
    const persons = await Promise.all(
      [1, 2, 3].map(() =>
        addPerson(chain.service, chain.tenant, addTo(chain.today, { months: 0, days: -70 })),
      ),
    );
    const doses: { id: string }[] = [];
    for (const personId of persons) {
      const input = {
        idempotencyKey: newId(),
        personId,
        facilityId: chain.store,
        lotId,
        presence: 'WALK_IN',
      };
      doses.push(await ask(RECORD, { input }, vaccinator));
    }
    const voided = { personId: persons[2], vaccinationId: doses[2]!.id, reason: 'NEVER_GIVEN' };
    await ask(VOID, { input: { ...voided, idempotencyKey: newId() } }, vaccinator);

    const recall = await ask(RECALL, { lotId }, chain.national);
    const one = await ask(RECIPIENTS, { lotId, first: 1 }, chain.national);
    const two = await ask(RECIPIENTS, { lotId, first: 1, after: one.endCursor }, chain.national);

    expect(recall).toMatchObject({ onHand: 58, setAside: 10, onTheWay: 30, given: 2 });
    const none = { setApart: 0, awaitingDestruction: 0 };
    expect(recall.facilities).toEqual(
      expect.arrayContaining([
        { facilityId: chain.store, onHand: 58, setAside: 10, onTheWay: 0, ...none, given: 2, persons: 2 },
        { facilityId: chain.clinic, onHand: 0, setAside: 0, onTheWay: 30, ...none, given: 0, persons: 0 },
      ]),
    );
    expect([...one.items, ...two.items].map(({ personId }) => personId)).toEqual(
      persons.slice(0, 2).toSorted((one, other) => (one < other ? -1 : 1)),
    );
    expect(two.endCursor).toBeNull();
    const [trail] = await write<{ n: number }>(
      chain.service,
      chain.tenant,
      `SELECT count(*)::int AS n FROM audit_entry WHERE action = 'stock.recall' AND person_id = ANY ($1::uuid[])`,
      [persons],
    );
    expect(trail!.n).toBe(2);
  });

  it('is found in its boxes, set apart by a count, and where it lies wasted until it is destroyed', async () => {
    const lotId = await addLot(100);
    const shipment = await allocate(30);
    await ask(PACK, { input: { ...named(shipment).input, boxes: [{ unit: 'BOX-8' }] } }, chain.sender);
    await despatch(shipment);
    const arrived = await allocate(20);
    await despatch(arrived);
    await receive(arrived, [{ lotId, accepted: 15, rejected: 5, rejectReason: 'BROKEN' }]);
    const opened = await ask(
      `mutation ($input: OpenStocktakeInput!) { answer: openStocktake(input: $input) { ... on Stocktake { id } } }`,
      { input: { idempotencyKey: newId(), facilityId: chain.store } },
      chain.sender,
    );
    const unfit = [{ reason: 'BROKEN', doses: 4 }];
    await ask(
      `mutation ($input: CountStockInput!) { answer: countStock(input: $input) { id } }`,
      {
        input: {
          idempotencyKey: newId(),
          facilityId: chain.store,
          stocktakeId: opened.id,
          lots: [{ lotId, doses: 46, unfit }],
        },
      },
      chain.sender,
    );

    const recall = await ask(RECALL, { lotId }, chain.national);

    expect(recall).toMatchObject({ onHand: 61, onTheWay: 30, setApart: 4, awaitingDestruction: 5 });
    expect(recall.boxes).toEqual([
      {
        unit: 'BOX-8',
        facilityId: chain.store,
        toFacilityId: chain.clinic,
        shipmentId: shipment.id,
        doses: 30,
        pieces: 0,
      },
    ]);
    expect(recall.facilities).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ facilityId: chain.store, onHand: 46, setApart: 4, awaitingDestruction: 0 }),
        expect.objectContaining({
          facilityId: chain.clinic,
          onHand: 15,
          onTheWay: 30,
          awaitingDestruction: 5,
        }),
      ]),
    );
  });

  it('is shown to nobody who may not recall in the whole country', async () => {
    const lotId = await addLot(10);

    expect(await code(RECALL, { lotId }, chain.sender)).toBe('FORBIDDEN');
    expect(await code(RECIPIENTS, { lotId }, chain.sender)).toBe('FORBIDDEN');
    expect(await code(RECALL, { lotId: newId() }, chain.national)).toBe('NOT_FOUND');
  });
});
