import { write } from '../../../harness/worlds/clinic';
import { newId } from '../../../../src/common';
import type { Variables } from '../variables';
import type { Answer, Home, Life } from './life';

/** Doses: given, offline, and from paper. */
export async function inhabitVaccinations(
  life: Life,
  {
    facilityId,
    lots,
    bcg,
    penta,
    held,
    sessionId,
    personId,
    assisted,
  }: Pick<Home, 'facilityId' | 'lots' | 'bcg' | 'penta' | 'held' | 'sessionId' | 'personId' | 'assisted'>,
): Promise<Pick<Home, 'dose'>> {
  const { service, tenant, word, later, key, ask, tell, expecting } = life;
  const record = async (more: Variables): Promise<Answer> =>
    expecting('Vaccination', 'staff', 'recordVaccination', {
      facilityId,
      sessionId,
      personId,
      ...more,
      ...key(),
    });
  const dose = await record({ lotId: lots[penta], site: 'LEFT_THIGH' });
  await record({ lotId: lots[penta], personId: assisted.id });
  await ask('staff', 'sessionPack', { facilityId, sessionId, first: 3 });
  await ask('staff', 'recordVaccinations', {
    inputs: [{ facilityId, sessionId, personId, lotId: held, presence: 'WALK_IN', ...key() }],
  });
  const offline = { personId, facilityId, givenAt: new Date().toISOString(), distinct: true };
  const synced = await tell('staff', 'syncDoses', {
    deviceId: `tablet-${tenant.code}`,
    deviceTime: new Date().toISOString(),
    doses: [
      { ...offline, clientId: newId(), lotId: lots[bcg], distinctReason: `${word} card` },
      { ...offline, clientId: newId(), lotId: held, distinctReason: `${word} card` },
    ],
  });
  if (synced.doses.map((dose: Answer) => dose.outcome).join() !== 'RECORDED,REFUSED')
    throw new Error(JSON.stringify(synced));
  const paper = await tell('staff', 'recordDosesBatch', {
    facilityId,
    register: `${word} register`,
    lateCause: 'NO_STAFF',
    csv: `person,product,lot,given_on\n${personId},${bcg},${word},${later(-30)}`,
    ...key(),
  });
  await service.runJobs();
  await ask('staff', 'dosesBatch', { facilityId, batchId: paper.id });
  await ask('staff', 'backlog', { facilityId });
  return { dose };
}

/** Vials are opened, a session is closed out, and doses that waited are settled. */
export async function inhabitCloseOut(
  life: Life,
  {
    facilityId,
    lots,
    bcg,
    penta,
    plan,
    personId,
    dose,
  }: Pick<Home, 'facilityId' | 'lots' | 'bcg' | 'penta' | 'plan' | 'personId' | 'dose'>,
): Promise<void> {
  const { service, tenant, word, today, key, ask, tell, expecting, later } = life;
  const kept = await expecting('OpenVial', 'staff', 'openVial', {
    facilityId,
    lotId: lots[penta],
    ...key(),
  });
  await tell('staff', 'discardVial', { facilityId, vialId: kept.id, reason: 'BROKEN' });
  const spent = await plan(0, '00:01');
  const counted = { facilityId, sessionId: spent };
  await expecting('OpenVial', 'staff', 'openVial', { ...counted, lotId: lots[penta], ...key() });
  await expecting('SessionCloseOut', 'staff', 'closeOutSession', {
    ...counted,
    lots: [{ lotId: lots[penta], vialsOpened: 1, wasted: [], returnedOpen: 9 }],
    discrepancyReason: `${word} spilt`,
    ...key(),
  });
  await expecting('CountNeedsSecondPerson', 'staff', 'decideCloseOut', { ...counted, approve: true });
  await ask('staff', 'sessionCloseOut', counted);
  const [supply] = await ask('anonymous', 'supplies');
  const syringes = await expecting('StockItem', 'staff', 'receiveStock', {
    facilityId,
    productCode: supply.code,
    lotNumber: `S-${tenant.code}`,
    manufacturer: `${word} Plastics`,
    expiresOn: later(900),
    pieces: 100,
    ...key(),
  });
  await expecting('SessionSupplies', 'staff', 'recordSuppliesUsed', {
    ...counted,
    lots: [{ lotId: syringes.lotId, pieces: 3 }],
    ...key(),
  });
  await ask('staff', 'sessionSupplies', counted);
  await ask('staff', 'bundledSupplies', { facilityId, products: [{ productCode: penta, doses: 10 }] });
  await ask('staff', 'unsettledSessionLots', { facilityId });
  await ask('staff', 'openVials', { facilityId });
  const waiting = await ask('staff', 'pendingDoses', { facilityId, first: 3 });
  await tell('staff', 'dismissPendingDose', {
    facilityId,
    pendingId: waiting.items[0].id,
    reason: `${word} mistake`,
  });
  const [nurse] = await write<{ id: string }>(
    service,
    tenant,
    `SELECT id FROM staff_account WHERE email LIKE 'nurse@%'`,
  );
  await expecting('Vaccination', 'staff', 'recordPendingDose', {
    facilityId,
    pendingId: waiting.items[1].id,
    reason: `${word} late`,
    lotId: lots[bcg],
    givenOn: today,
    vaccinatorId: nurse!.id,
    distinct: true,
  });
  await tell('staff', 'recordNotDone', {
    facilityId,
    personId,
    vaccineGroup: dose.counted[0].vaccineGroup,
    reason: 'ILLNESS',
    ...key(),
  });
  await service.carryFacts();
  await expecting('Vaccination', 'staff', 'correctVaccination', {
    personId,
    vaccinationId: dose.id,
    reason: 'WRONG_SITE_OR_ROUTE',
    site: 'RIGHT_THIGH',
    ...key(),
  });
  await service.carryFacts();
}
