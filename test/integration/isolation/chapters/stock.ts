import type { Home, Life } from './life';

/** Stock that came, was counted, held and destroyed. */
export async function inhabitStock(
  life: Life,
  { facilityId }: Pick<Home, 'facilityId'>,
): Promise<Pick<Home, 'products' | 'lots' | 'bcg' | 'penta' | 'held'>> {
  const { tenant, word, today, later, key, ask, tell, expecting } = life;
  const products: { code: string }[] = await ask('anonymous', 'products');
  const receive = async (productCode: string): Promise<string> => {
    const item = await expecting('StockItem', 'staff', 'receiveStock', {
      facilityId,
      productCode,
      lotNumber: `L-${tenant.code}-${productCode}`,
      manufacturer: `${word} Works`,
      expiresOn: later(400),
      doses: 100,
      deliveryNote: `N-${tenant.code}-${productCode}`,
      ...key(),
    });
    return item.lotId;
  };
  const lots: Record<string, string> = {};
  for (const { code } of products) lots[code] = await receive(code);
  const [bcg, penta] = ['bcg', 'penta'].map(
    start => products.find(({ code }) => code.startsWith(start))!.code,
  );
  await expecting('StockItem', 'staff', 'wasteStock', {
    facilityId,
    lotId: lots[bcg!],
    doses: 2,
    reason: 'BROKEN',
    ...key(),
  });
  // A count of it, and what was destroyed
  const wholes = async () => expecting('Stocktake', 'staff', 'openStocktake', { facilityId, ...key() });
  const givenUp = await wholes();
  await tell('staff', 'cancelStocktake', { facilityId, stocktakeId: givenUp.id });
  const stocktake = await wholes();
  const counts = { facilityId, stocktakeId: stocktake.id };
  await tell('staff', 'countStock', {
    ...counts,
    lots: stocktake.lines.map(({ lotId }: { lotId: string }) => ({
      lotId,
      doses: lotId === lots[bcg!] ? 96 : 100,
      unfit: lotId === lots[bcg!] ? [{ reason: 'BROKEN', doses: 1 }] : [],
    })),
    ...key(),
  });
  const submitted = await expecting('Stocktake', 'staff', 'submitStocktake', {
    ...counts,
    reasons: [{ lotId: lots[bcg!], reason: 'NOT_RECORDED', remark: `${word} spilt` }],
  });
  await expecting('StocktakeNeedsSecondPerson', 'staff', 'decideStocktake', {
    ...counts,
    version: submitted.version,
    approve: true,
  });
  await ask('staff', 'stocktake', { facilityId, id: stocktake.id });
  await ask('staff', 'stocktakes', { facilityId, first: 3 });
  await ask('staff', 'stocktakeReview', { facilityId, id: stocktake.id });
  const destroyed = async () =>
    expecting('StockDestruction', 'staff', 'recordDestruction', {
      facilityId,
      method: 'INCINERATION',
      documentReference: `PV-${tenant.code}-${word}`,
      destroyedOn: today,
      lots: [{ lotId: lots[bcg!], doses: 1 }],
      ...key(),
    });
  const burnt = { facilityId, destructionId: (await destroyed()).id };
  await expecting('DestructionNeedsWitness', 'staff', 'witnessDestruction', burnt);
  await tell('staff', 'withdrawDestruction', { facilityId, destructionId: (await destroyed()).id });
  await ask('staff', 'stockDestructions', { facilityId, first: 3 });
  await ask('staff', 'stockAwaitingDestruction', { facilityId });
  const held = lots[products.at(-1)!.code]!;
  const hold = await tell('staff', 'holdLot', { lotId: held, facilityId, reason: 'INVESTIGATION', ...key() });
  await tell('staff', 'releaseLot', { lotId: held, holdId: hold.id, reason: 'CLEARED' });
  await tell('staff', 'holdLot', { lotId: held, reason: 'INVESTIGATION', ...key() });
  return { products, lots, bcg: bcg!, penta: penta!, held };
}
