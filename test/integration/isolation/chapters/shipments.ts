import { KeepFigures } from '../../../../src/inventory/levels/keep-figures';
import { KeepWastage } from '../../../../src/inventory/wastage/keep-wastage';
import { write } from '../../../harness/worlds/clinic';
import type { Answer, Home, Life } from './life';

/** Stock goes to an outpost, comes back, is asked for and looked at. */
export async function inhabitShipments(
  life: Life,
  {
    areaId,
    languages,
    facilityId,
    lots,
    bcg,
    penta,
  }: Pick<Home, 'areaId' | 'languages' | 'facilityId' | 'lots' | 'bcg' | 'penta'>,
): Promise<Pick<Home, 'otherPlace'>> {
  const { service, tenant, word, today, later, key, ask, tell, expecting } = life;
  const { id: otherPlace } = await expecting('Facility', 'staff', 'registerFacility', {
    code: `F-${tenant.code}-3`,
    names: languages.map(({ code: language }) => ({ language, text: `${word} Outpost` })),
    areaId,
    category: 'PUBLIC',
    kind: 'OUTREACH',
  });
  const send = async (): Promise<Answer> =>
    expecting('StockShipment', 'staff', 'allocateStock', {
      facilityId,
      toFacilityId: otherPlace,
      products: [{ productCode: penta, doses: 10 }],
      ...key(),
    });
  const sent = { facilityId, shipmentId: (await send()).id };
  await expecting('StockShipment', 'staff', 'packShipment', {
    ...sent,
    boxes: [{ unit: `BOX-${tenant.code}-8`, into: `COLD-${tenant.code}-8` }],
  });
  await expecting('StockShipment', 'staff', 'despatchStock', sent);
  await expecting('StockShipment', 'staff', 'receiveShipment', {
    ...sent,
    lines: [{ lotId: lots[penta], accepted: 10, vvmStage: 1 }],
  });
  await expecting('StockItem', 'staff', 'recordVvm', { facilityId, lotId: lots[bcg], stage: 2, ...key() });
  await tell('staff', 'cancelShipment', { facilityId, shipmentId: (await send()).id });
  await expecting('StockShipment', 'staff', 'returnStock', {
    ...sent,
    reason: 'EXCESS',
    lots: [{ lotId: lots[penta], doses: 2 }],
    ...key(),
  });
  await tell('staff', 'setStockLevel', {
    facilityId: otherPlace,
    productCode: bcg,
    minDoses: 20,
    reorderDoses: 40,
    maxDoses: 100,

    ...key(),
  });
  const wanting = { facilityId: otherPlace, supplierId: facilityId };
  const asks = async (): Promise<Answer> => {
    const products = [{ productCode: bcg, doses: 20, reason: 'OUTBREAK' }];
    const { id: requisitionId } = await expecting('StockRequisition', 'staff', 'requestStock', {
      ...wanting,
      products,
      ...key(),
    });
    return { facilityId: otherPlace, requisitionId };
  };
  const granted = await asks();
  await write(service, tenant, `UPDATE stock_requisition SET asked_by = 'somebody else' WHERE id = $1`, [
    granted.requisitionId,
  ]); // not by whoever asked
  await expecting('StockRequisition', 'staff', 'decideRequisition', {
    ...granted,
    products: [{ productCode: bcg, doses: 10, reason: 'NEEDED_ELSEWHERE' }],
  });
  await expecting('StockShipment', 'staff', 'allocateRequisition', granted);
  await tell('staff', 'cancelRequisition', await asks());
  await service.app.get(KeepFigures).run(service.contextOf(tenant));
  await ask('staff', 'stockRequisitions', { facilityId, way: 'FROM', first: 3 });
  await ask('staff', 'stockLevels', { facilityId: otherPlace, first: 3 });
  await ask('staff', 'stockLevelProposal', {
    facilityId,
    productCode: penta,
    safetyDays: 14,
    leadDays: 7,
    supplyDays: 30,
  });
  await ask('staff', 'stockAlerts', { areaId, first: 3 });
  await service.app.get(KeepWastage).run(service.contextOf(tenant));
  await ask('staff', 'stockWastage', { areaId, from: later(-40), to: today, first: 3 });

  await ask('staff', 'stockShipments', { facilityId, way: 'FROM', first: 3 });
  await ask('staff', 'lotRecall', { lotId: lots[penta] });
  await ask('staff', 'lotRecipients', { lotId: lots[penta], first: 3 });
  return { otherPlace };
}
