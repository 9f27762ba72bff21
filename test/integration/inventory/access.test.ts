import fc from 'fast-check';
import { addFacility, addSession, write } from '../../harness/worlds/clinic';
import { atFacility, country, inArea, testService, type TestService } from '../../harness/service';
import { addTo, civilDayOf, newId } from '../../../src/common';
import { type Permission, PERMISSIONS, type Role, STAFF_ROLES } from '../../../src/platform/access';
import type { Grant, TenantRef } from '../../../src/platform/context';

const VERBS: Record<
  string,
  {
    permission: Permission;
    operation: string;
    of: (home: Home) => Record<string, unknown>;
    /** What whoever may is told, when it is no answer. */
    told?: string;
  }
> = {
  receive: {
    permission: 'stock.receive',
    operation: `mutation ($input: ReceiveStockInput!) { answer: receiveStock(input: $input) { __typename } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        facilityId: home.facilityId,
        productCode: 'bcg-20',
        lotNumber: newId(),
        expiresOn: home.expiresOn,
        doses: 1,
      },
    }),
  },
  waste: {
    permission: 'stock.waste',
    operation: `mutation ($input: WasteStockInput!) { answer: wasteStock(input: $input) { __typename } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        facilityId: home.facilityId,
        lotId: home.lotId,
        doses: 1,
        reason: 'BROKEN',
      },
    }),
  },
  holdHere: {
    permission: 'stock.hold',
    operation: `mutation ($input: HoldLotInput!) { answer: holdLot(input: $input) { id } }`,
    of: home => ({
      input: {
        idempotencyKey: newId(),
        lotId: home.lotId,
        facilityId: home.facilityId,
        reason: 'INVESTIGATION',
      },
    }),
  },
  readVvm: {
    permission: 'stock.read-vvm',
    operation: `mutation ($input: RecordVvmInput!) { answer: recordVvm(input: $input) { __typename } }`,
    of: home => ({
      input: { idempotencyKey: newId(), facilityId: home.facilityId, lotId: home.lotId, stage: 1 },
    }),
  },
  openStocktake: {
    permission: 'stocktake.count',
    operation: `mutation ($input: OpenStocktakeInput!) { answer: openStocktake(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({ input: { idempotencyKey: newId(), facilityId } }),
  },
  countStock: {
    permission: 'stocktake.count',
    operation: `mutation ($input: CountStockInput!) { answer: countStock(input: $input) { id } }`,
    of: ({ facilityId, lotId }) => ({
      input: {
        idempotencyKey: newId(),
        facilityId,
        stocktakeId: newId(),
        lots: [{ lotId, doses: 1 }],
      },
    }),
    told: 'NOT_FOUND',
  },
  submitStocktake: {
    permission: 'stocktake.count',
    operation: `mutation ($input: SubmitStocktakeInput!) { answer: submitStocktake(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({ input: { facilityId, stocktakeId: newId() } }),
    told: 'NOT_FOUND',
  },
  cancelStocktake: {
    permission: 'stocktake.count',
    operation: `mutation ($input: StocktakeInput!) { answer: cancelStocktake(input: $input) { id } }`,
    of: ({ facilityId }) => ({ input: { facilityId, stocktakeId: newId() } }),
    told: 'NOT_FOUND',
  },
  decideStocktake: {
    permission: 'stocktake.decide',
    operation: `mutation ($input: DecideStocktakeInput!) { answer: decideStocktake(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({
      input: { facilityId, stocktakeId: newId(), version: 1, approve: true },
    }),
    told: 'NOT_FOUND',
  },
  reviewStocktake: {
    permission: 'stocktake.decide',
    operation: `query ($facilityId: ID!, $id: ID!) { answer: stocktakeReview(facilityId: $facilityId, id: $id) { id } }`,
    of: ({ facilityId }) => ({ facilityId, id: newId() }),
    told: 'NOT_FOUND',
  },
  stocktakes: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stocktakes(facilityId: $facilityId) { endCursor } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  recordDestruction: {
    permission: 'stock.destroy',
    operation: `mutation ($input: RecordDestructionInput!) { answer: recordDestruction(input: $input) { __typename } }`,
    of: ({ facilityId, lotId }) => ({
      input: {
        idempotencyKey: newId(),
        facilityId,
        method: 'INCINERATION',
        documentReference: 'PV-1',
        destroyedOn: '2026-01-01',
        lots: [{ lotId, doses: 1 }],
      },
    }),
  },
  witnessDestruction: {
    permission: 'stock.witness-destruction',
    operation: `mutation ($input: DestructionInput!) { answer: witnessDestruction(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({ input: { facilityId, destructionId: newId() } }),
    told: 'NOT_FOUND',
  },
  withdrawDestruction: {
    permission: 'stock.destroy',
    operation: `mutation ($input: DestructionInput!) { answer: withdrawDestruction(input: $input) { id } }`,
    of: ({ facilityId }) => ({ input: { facilityId, destructionId: newId() } }),
    told: 'NOT_FOUND',
  },
  awaitingDestruction: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stockAwaitingDestruction(facilityId: $facilityId) { lotId } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  allocate: {
    permission: 'stock.despatch',
    operation: `mutation ($input: AllocateStockInput!) { answer: allocateStock(input: $input) { __typename } }`,
    of: ({ facilityId, elsewhere }) => ({
      input: {
        idempotencyKey: newId(),
        facilityId,
        toFacilityId: elsewhere,
        products: [{ productCode: 'bcg-20', doses: 1 }],
      },
    }),
  },
  pack: {
    permission: 'stock.despatch',
    operation: `mutation ($input: PackShipmentInput!) { answer: packShipment(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({ input: { facilityId, shipmentId: newId(), boxes: [{ unit: 'BOX-1' }] } }),
    told: 'NOT_FOUND',
  },
  despatch: {
    permission: 'stock.despatch',
    operation: `mutation ($input: ShipmentInput!) { answer: despatchStock(input: $input) { __typename } }`,
    of: ({ facilityId }) => ({ input: { facilityId, shipmentId: newId() } }),
    told: 'NOT_FOUND',
  },
  cancelShipment: {
    permission: 'stock.despatch',
    operation: `mutation ($input: ShipmentInput!) { answer: cancelShipment(input: $input) { id } }`,
    of: ({ facilityId }) => ({ input: { facilityId, shipmentId: newId() } }),
    told: 'NOT_FOUND',
  },
  shipments: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stockShipments(facilityId: $facilityId, way: TO) { endCursor } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  returnStock: {
    permission: 'stock.return',
    operation: `mutation ($input: ReturnStockInput!) { answer: returnStock(input: $input) { __typename } }`,
    of: ({ shipmentId, elsewhere, lotId }) => ({
      input: {
        idempotencyKey: newId(),
        facilityId: elsewhere,
        shipmentId,
        reason: 'EXCESS',
        lots: [
          {
            lotId,
            doses: 1,
          },
        ],
      },
    }),
  },
  request: {
    permission: 'stock.request',
    operation: `mutation ($input: RequestStockInput!) { answer: requestStock(input: $input) { __typename } }`,
    of: ({ facilityId, elsewhere }) => ({
      input: {
        idempotencyKey: newId(),
        facilityId,
        supplierId: elsewhere,
        products: [
          {
            productCode: 'bcg-20',
            doses: 1,
          },
        ],
      },
    }),
  },
  decideRequisition: {
    permission: 'stock.approve',
    operation: `mutation ($input: DecideRequisitionInput!) { answer: decideRequisition(input: $input) { __typename } }`,
    of: ({ elsewhere, requisitionId }) => ({
      input: {
        facilityId: elsewhere,
        requisitionId,
        products: [
          {
            productCode: 'bcg-20',
            doses: 1,
          },
        ],
      },
    }),
  },
  allocateRequisition: {
    permission: 'stock.despatch',
    operation: `mutation ($input: RequisitionInput!) { answer: allocateRequisition(input: $input) { __typename } }`,
    of: ({ elsewhere, grantedId }) => ({ input: { facilityId: elsewhere, requisitionId: grantedId } }),
  },
  cancelRequisition: {
    permission: 'stock.request',
    operation: `mutation ($input: RequisitionInput!) { answer: cancelRequisition(input: $input) { id } }`,
    of: ({ facilityId }) => ({ input: { facilityId, requisitionId: newId() } }),
    told: 'NOT_FOUND',
  },
  requisitions: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stockRequisitions(facilityId: $facilityId, way: TO) { endCursor } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  setLevel: {
    permission: 'stock.set-level',
    operation: `mutation ($input: SetStockLevelInput!) { answer: setStockLevel(input: $input) { usable } }`,
    of: ({ facilityId }) => ({
      input: {
        idempotencyKey: newId(),
        facilityId,
        productCode: 'bcg-20',
        minDoses: 1,
        reorderDoses: 2,
        maxDoses: 3,
      },
    }),
  },
  levels: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stockLevels(facilityId: $facilityId) { asOf } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  levelProposal: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stockLevelProposal(facilityId: $facilityId, productCode: "bcg-20",
      safetyDays: 7, leadDays: 7, supplyDays: 30) { days } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  openVial: {
    permission: 'stock.open-vial',
    operation: `mutation ($input: OpenVialInput!) { answer: openVial(input: $input) { __typename } }`,
    of: ({ facilityId, lotId }) => ({ input: { idempotencyKey: newId(), facilityId, lotId } }),
  },
  discardVial: {
    permission: 'stock.waste',
    operation: `mutation ($input: DiscardVialInput!) { answer: discardVial(input: $input) { id } }`,
    of: ({ facilityId }) => ({ input: { facilityId, vialId: newId(), reason: 'BROKEN' } }),
    told: 'NOT_FOUND',
  },
  closeOut: {
    permission: 'stock.close-out',
    operation: `mutation ($input: CloseOutSessionInput!) { answer: closeOutSession(input: $input) { __typename } }`,
    of: ({ facilityId, sessionId }) => ({
      input: { idempotencyKey: newId(), facilityId, sessionId, lots: [] },
    }),
  },
  useSupplies: {
    permission: 'stock.close-out',
    operation: `mutation ($input: RecordSuppliesUsedInput!) { answer: recordSuppliesUsed(input: $input) { __typename } }`,
    of: ({ facilityId, sessionId }) => ({
      input: { idempotencyKey: newId(), facilityId, sessionId, lots: [{ lotId: newId(), pieces: 1 }] },
    }),
  },
  sessionSupplies: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!, $sessionId: ID!) {
      answer: sessionSupplies(facilityId: $facilityId, sessionId: $sessionId) { sessionId } }`,
    of: ({ facilityId, sessionId }) => ({ facilityId, sessionId }),
  },
  bundledSupplies: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: bundledSupplies(facilityId: $facilityId,
      products: [{ productCode: "penta-10", doses: 1 }]) { productCode } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  decide: {
    permission: 'stock.decide',
    operation: `mutation ($input: DecideCloseOutInput!) { answer: decideCloseOut(input: $input) { __typename } }`,
    of: ({ facilityId, sessionId }) => ({ input: { facilityId, sessionId, approve: true } }),
    told: 'STATE_FORBIDS',
  },
  vials: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: openVials(facilityId: $facilityId) { id } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  account: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!, $sessionId: ID!) { answer: sessionCloseOut(facilityId: $facilityId, sessionId: $sessionId) { tiesOut } }`,
    of: ({ facilityId, sessionId }) => ({ facilityId, sessionId }),
  },
  unsettled: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: unsettledSessionLots(facilityId: $facilityId) { lotId } }`,
    of: ({ facilityId }) => ({ facilityId }),
  },
  read: {
    permission: 'stock.read',
    operation: `query ($facilityId: ID!) { answer: stock(facilityId: $facilityId) { asOf } }`,
    of: home => ({ facilityId: home.facilityId }),
  },
};

interface Home {
  facilityId: string;
  areaIds: string[];
  lotId: string;
  expiresOn: string;
  sessionId: string;
  /** Another facility of the country. */
  elsewhere: string;
  /** From there, and received here. */
  shipmentId: string;
  /** What it asks from here: once undecided, once granted. */
  requisitionId: string;
  grantedId: string;
}

describe('who may work with a facility’s stock', () => {
  let service: TestService;
  const tenants: Record<string, TenantRef> = {};
  const homes: Record<string, Home[]> = {};

  beforeAll(async () => {
    service = await testService();
    for (const code of ['aa', 'bb']) {
      const tenant = await service.country(code);
      tenants[code] = tenant;
      homes[code] = [await home(tenant, 0), await home(tenant, 1)];
    }
  }, 180_000);
  afterAll(() => service.stop());

  async function home(tenant: TenantRef, area: number): Promise<Home> {
    const { id: facilityId, areaIds } = await addFacility(service, tenant, area);
    const expiresOn = addTo(civilDayOf(new Date(), 'UTC'), '1 year');
    const lotId = newId();
    await write(
      service,
      tenant,
      `WITH new_lot AS (INSERT INTO lot VALUES ($1::uuid, 'bcg-20', $1::text, '', $2, NULL, now()))
       INSERT INTO stock_on_hand VALUES ($3, $1::uuid, 100000, '2020-01-01')`,
      [lotId, expiresOn, facilityId],
    );
    const date = civilDayOf(new Date(), tenant.timeZone);
    const sessionId = await addSession(service, tenant, { facilityId, date });
    const { id: elsewhere } = await addFacility(service, tenant, area);
    const [shipmentId, requisitionId, grantedId] = [newId(), newId(), newId()];
    await write(
      service,
      tenant,
      `WITH sent AS (
         INSERT INTO stock_shipment (facility_id, id, to_facility_id, state, allocated_at) VALUES ($1, $2, $3, 'RECEIVED', now())),
       asked AS (
         INSERT INTO stock_requisition VALUES ($1, $4, $3, 'REQUESTED', 'somebody', now(), NULL, NULL),
           ($1, $5, $3, 'APPROVED', 'somebody', now(), 'another', now()))
       INSERT INTO stock_requisition_line
       SELECT $1::uuid, id, 'bcg-20', 0, 0, NULL, 1, NULL, approved, NULL
       FROM (VALUES ($4::uuid, NULL::integer), ($5::uuid, 1)) n(id, approved)`,
      [elsewhere, shipmentId, facilityId, requisitionId, grantedId],
    );
    await write(
      service,
      tenant,
      `INSERT INTO stock_shipment_line (facility_id, shipment_id, lot_id, doses, accepted, rejected, short, over)
       VALUES ($1, $2, $3, 100000, 100000, 0, 0, 0)`,
      [elsewhere, shipmentId, lotId],
    );
    return {
      facilityId,
      areaIds,
      lotId,
      expiresOn,
      sessionId,
      elsewhere,
      shipmentId,
      requisitionId,
      grantedId,
    };
  }

  const draws = fc.record({
    role: fc.constantFrom(...STAFF_ROLES),
    reach: fc.constantFrom('country', 'area', 'facility'),
    grantedAt: fc.constantFrom(0, 1),
    grantedIn: fc.constantFrom('aa', 'aa', 'aa', 'bb'),
    verb: fc.constantFrom(...Object.keys(VERBS)),
    usedAt: fc.constantFrom(0, 1),
  });
  const grantOf = (role: Role, reach: string, at: Home): Grant =>
    reach === 'country'
      ? country(role)
      : reach === 'area'
        ? inArea(role, at.areaIds[0]!)
        : atFacility(role, at.facilityId);

  /** The rule: the role holds the permission, was given in this country, and reaches the place it is used at. */
  it('is who holds the permission in this country and at this place, and nobody else', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async ({ role, reach, grantedAt, grantedIn, verb, usedAt }) => {
        const { permission, operation, of, told } = VERBS[verb]!;
        const at = homes[grantedIn]![grantedAt]!;
        const token = await service.tokenFor(tenants[grantedIn]!, [grantOf(role, reach, at)]);
        const reaches = reach === 'country' || grantedAt === usedAt;
        const allowed = grantedIn === 'aa' && PERMISSIONS[permission].includes(role) && reaches;

        const answer = await service.graphql(operation, of(homes.aa![usedAt]!), { tenant: 'aa', token });

        const code = answer.errors?.[0]?.extensions.code;
        if (allowed && told) expect(code).toBe(told);
        else if (allowed) expect(answer).toMatchObject({ data: { answer: {} } });
        else expect(code).toBe(grantedIn === 'aa' ? 'FORBIDDEN' : 'UNAUTHENTICATED');
      }),
      { numRuns: 150, verbose: true }, // a failure prints the seed
    );
  }, 120_000);

  it('holds a lot in the whole country only with a permission for the whole country', async () => {
    const [here] = homes.aa!;
    const input = { idempotencyKey: newId(), lotId: here!.lotId, reason: 'RECALL' };
    const local = await service.tokenFor(tenants.aa!, [inArea('district-manager', here!.areaIds[0]!)]);
    const national = await service.tokenFor(tenants.aa!, [country('store-keeper')]);

    const refused = await service.graphql(
      VERBS.holdHere!.operation,
      { input },
      { tenant: 'aa', token: local },
    );
    const held = await service.graphql(
      VERBS.holdHere!.operation,
      { input },
      { tenant: 'aa', token: national },
    );

    expect(refused.errors![0]!.extensions.code).toBe('FORBIDDEN');
    expect(held.errors).toBeUndefined();
  });

  it('releases a hold only where the hold applies, and answers as if there were none elsewhere', async () => {
    const [here, there] = homes.aa!;
    const as = async (place: Home) => ({
      tenant: 'aa',
      token: await service.tokenFor(tenants.aa!, [inArea('district-manager', place.areaIds[0]!)]),
    });
    const input = {
      idempotencyKey: newId(),
      lotId: here!.lotId,
      facilityId: here!.facilityId,
      reason: 'RECALL',
    };
    const held = await service.graphql(VERBS.holdHere!.operation, { input }, await as(here!));
    const release = (holdId: string, who: { tenant: string; token: string }) =>
      service.graphql(
        `mutation ($input: ReleaseLotInput!) { releaseLot(input: $input) { id } }`,
        { input: { lotId: here!.lotId, holdId, reason: 'CLEARED' } },
        who,
      );

    const foreign = await release(held.data.answer.id, await as(there!));
    const missing = await release(newId(), await as(there!));
    const own = await release(held.data.answer.id, await as(here!));

    expect(foreign.errors![0]!.extensions.code).toBe('NOT_FOUND');
    expect(missing.errors![0]!.extensions.code).toBe('NOT_FOUND');
    expect(own.errors).toBeUndefined();
  });

  it('is nobody who did not sign in', async () => {
    const { operation, of } = VERBS.receive!;

    const answer = await service.graphql(operation, of(homes.aa![0]!), { tenant: 'aa' });

    expect(answer.errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
  });
});
