import { civilDayOf, newId } from '../../../../src/common';
import { mondayOf } from '../../../../src/delivery/network/week-rules';
import type { Variables } from '../variables';
import type { Home, Life } from './life';

/** Hubs, legs, scans and a consignment on its way. */
export async function inhabitDelivery(
  life: Life,
  { areaId, area, languages }: Pick<Home, 'areaId' | 'area' | 'languages'>,
): Promise<Pick<Home, 'hubs' | 'consignment' | 'scanner' | 'sealed'>> {
  const { service, tenant, word, later, key, ask, tell, expecting, secrets } = life;
  const hubRow = (code: string, parent: string): string =>
    [
      code,
      parent,
      'outlet',
      area,
      area,
      30,
      '1-7',
      '00:00',
      '23:59',
      ...languages.map(() => `${word} Hub`),
    ].join();
  const names = languages.map(({ code }) => `name:${code}`);
  await ask('staff', 'importHubs', {
    csv: [
      [
        'code',
        'parent',
        'level',
        'area',
        'serves',
        'handling_minutes',
        'open_days',
        'opens',
        'closes',
        ...names,
      ].join(),
      hubRow(`H-${tenant.code}-1`, ''),
      hubRow(`H-${tenant.code}-2`, `H-${tenant.code}-1`),
    ].join('\n'),
    dryRun: false,
  });
  await ask('staff', 'importLegs', {
    csv: [
      'from,to,day,departs,minutes,mode,temperature,active,capacity_kg',
      ...[1, 2, 3, 4, 5, 6, 7].map(
        day => `H-${tenant.code}-1,H-${tenant.code}-2,${day},12:00,60,van,AMBIENT,yes,100`,
      ),
    ].join('\n'),
    dryRun: false,
  });
  const { items: hubs } = await ask('staff', 'hubs', { first: 3 });
  await ask('staff', 'hubServing', { areaId });
  const legs = await ask('staff', 'legs', { hubId: hubs[0].id });
  const monday = mondayOf(later(14));
  await tell('staff', 'cancelRun', {
    fromHubId: hubs[0].id,
    legId: legs[0].id,
    day: monday,
    reason: `${word} bridge`,
  });
  await expecting('DeliveryRoute', 'staff', 'deliveryRoute', { fromHubId: hubs[0].id, toHubId: hubs[1].id });
  await ask('staff', 'publishSortPlan', { hubId: hubs[0].id });
  await ask('staff', 'sortPlan', { hubId: hubs[0].id });

  const sealed = (step: string, minutes: number, more: Variables): Variables => ({
    clientId: newId(),
    at: new Date(Date.now() - minutes * 60_000).toISOString(),
    step,
    hubId: hubs[0].id,
    units: [`BOX-${tenant.code}-1`],
    ...more,
  });
  const scanner = { deviceId: `scanner-${tenant.code}`, deviceTime: new Date().toISOString() };
  await tell('staff', 'captureScans', {
    ...scanner,
    scans: [
      sealed('PACKED', 3, { container: `BAG-${tenant.code}-1`, seal: 'S-0001' }),
      sealed('STORED', 2, {}),
    ],
  });
  await tell('staff', 'captureScan', { ...scanner, scan: sealed('DEPARTED', 1, {}) });
  await ask('staff', 'handlingUnit', { code: `BOX-${tenant.code}-1` });

  const prefix = `95000${tenant.code === 'aa' ? 1 : 2}0`;
  await tell('staff', 'setGs1CompanyPrefix', { prefix });
  await expecting('IssuedSsccs', 'staff', 'issueSsccs', { hubId: hubs[0].id, count: 2, ...key() });
  const consignment = await expecting('Consignment', 'staff', 'sendConsignment', {
    kind: 'VACCINES',
    fromHubId: hubs[0].id,
    toHubId: hubs[1].id,
    weightGrams: 5000,
    ...key(),
  });
  await tell('staff', 'captureScan', {
    ...scanner,
    scan: { ...sealed('ARRIVED', 1, { units: [consignment.unit] }), hubId: hubs[1].id },
  });
  await tell('staff', 'cancelRun', {
    fromHubId: hubs[0].id,
    reason: `${word} flood`,
    legId: consignment.runs[0].legId,
    day: civilDayOf(new Date(consignment.runs[0].departsAt), tenant.timeZone),
  });
  await service.carryFacts();
  await ask('staff', 'consignment', { unit: consignment.unit });
  await ask('staff', 'trip', { fromHubId: hubs[0].id, legId: legs[0].id, day: monday, first: 3 });
  await ask('anonymous', 'trackConsignment', { code: consignment.trackingCode });
  secrets.push(consignment.trackingCode);
  return { hubs, consignment, scanner, sealed };
}

/** The last mile: somebody waits, is told, and is not at home. */
export async function inhabitDoors(
  life: Life,
  { hubs, consignment, scanner, sealed }: Pick<Home, 'hubs' | 'consignment' | 'scanner' | 'sealed'>,
): Promise<void> {
  const { service, phones, today, later, key, ask, tell, expecting } = life;
  const waited = await expecting('Consignment', 'staff', 'sendConsignment', {
    kind: 'PARCEL',
    fromHubId: hubs[0].id,
    toHubId: hubs[1].id,
    receiver: { phone: phones[1] },
    ...key(),
  });
  await ask('staff', 'handoverSecret', { unit: waited.unit });
  await ask('staff', 'consignmentLabels', { units: [waited.unit], format: 'ZPL' });
  await expecting('HandoverSecretWrong', 'staff', 'checkHandover', {
    unit: waited.unit,
    kind: 'QR',
    secret: 'a guess',
    ...key(),
  });
  await expecting('Consignment', 'staff', 'redirectConsignment', {
    unit: waited.unit,
    toHubId: hubs[1].id,
    ...key(),
  });
  await expecting('NoRoute', 'staff', 'returnConsignment', { unit: consignment.unit, ...key() });
  for (const [step, minutes] of [
    ['ARRIVED', 1],
    ['OUT_FOR_DELIVERY', 0],
  ] as const)
    await tell('staff', 'captureScan', {
      ...scanner,
      deviceTime: new Date().toISOString(),
      scan: sealed(step, minutes, { units: [waited.unit] }),
    });
  await service.carryFacts();
  await ask('anonymous', 'quietConsignment', { code: waited.trackingCode, quiet: true });
  await ask('staff', 'deliveryFigures', { from: today, to: later(1) });
  await ask('staff', 'stuckConsignments', { first: 3 });
}
