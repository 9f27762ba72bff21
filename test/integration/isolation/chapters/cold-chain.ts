import { write } from '../../../harness/worlds/clinic';
import { base64, fridgeTag2L } from '../../../harness/worlds/loggers';
import type { Home, Life } from './life';

/** A refrigerator, too warm for half a day. */
export async function inhabitColdChain(
  life: Life,
  { areaId, lots, penta, otherPlace }: Pick<Home, 'areaId' | 'lots' | 'penta' | 'otherPlace'>,
): Promise<void> {
  const { service, tenant, word, today, later, key, ask, tell, expecting } = life;
  const fridge = await expecting('ColdEquipment', 'staff', 'registerColdEquipment', {
    facilityId: otherPlace,
    kind: 'REFRIGERATOR',
    manufacturer: `${word} Coolers`,
    model: 'M-1',
    serial: `S-${tenant.code}`,
    capacities: [{ temperature: 'CHILLED', litres: 50 }],
    ...key(),
  });
  await tell('staff', 'changeColdEquipment', {
    facilityId: otherPlace,
    equipmentId: fridge.id,
    state: 'UNDER_REPAIR',
    remark: `${word} seal`,
  });
  const logger = await expecting('TemperatureLogger', 'staff', 'registerTemperatureLogger', {
    facilityId: otherPlace,
    equipmentId: fridge.id,
    temperature: 'CHILLED',
    model: 'Fridge-tag 2 L',
    serial: `T-${tenant.code}`,
    intervalMinutes: 60,
    ...key(),
  });
  const told = await tell('staff', 'recordTemperatures', {
    facilityId: otherPlace,
    readings: Array.from({ length: 13 }, (_, hour) => ({
      loggerId: logger.id,
      at: new Date(Date.now() - hour * 3_600_000).toISOString(), // until now: of the day on which its lots came, also after midnight
      celsius: 12,
    })),
  });
  const exported = fridgeTag2L({ serial: `T-${tenant.code}`, day: later(-3), celsius: [4, 5] });
  const { file } = await expecting('LoggerFileImport', 'staff', 'importLoggerFile', {
    facilityId: otherPlace,
    content: base64(exported),
  });
  const [excursionId] = told.openedExcursionIds;
  const watched = { facilityId: otherPlace, loggerId: logger.id };
  await write(
    service,
    tenant,
    `INSERT INTO logger_silence VALUES ($1, $2, now() - interval '1 day', now())`,
    [otherPlace, logger.id],
  );
  await ask('staff', 'coldEquipment', { facilityId: otherPlace, first: 3 });
  await ask('staff', 'coldChainAlarms', { areaId });
  await tell('staff', 'labelColdEquipment', {
    unit: `BOX-${tenant.code}-9`,
    facilityId: otherPlace,
    equipmentId: fridge.id,
  });
  await ask('staff', 'temperatureLoggers', { facilityId: otherPlace });
  await ask('staff', 'loggerFiles', { ...watched, first: 3 });
  await ask('staff', 'loggerFileContent', { facilityId: otherPlace, fileId: file.id });
  await ask('staff', 'temperatureHistory', { input: { ...watched, from: later(-4), to: today } });
  await ask('staff', 'temperatureReadings', {
    ...watched,
    from: `${later(-4)}T00:00:00Z`,
    to: new Date().toISOString(),
    first: 3,
  });
  await ask('staff', 'excursions', { facilityId: otherPlace, undecided: true, first: 3 });
  await ask('staff', 'undecidedExcursions', { areaId, first: 3 });
  const excursion = await ask('staff', 'excursion', { facilityId: otherPlace, id: excursionId });
  await expecting('ExcursionNeedsSecondPerson', 'staff', 'decideExcursion', {
    facilityId: otherPlace,
    excursionId,
    version: excursion.version,
    lots: [{ lotId: lots[penta], outcome: 'RELEASED', reason: 'WITHIN_STABILITY', remark: `${word} kept` }],
    ...key(),
  });
}
