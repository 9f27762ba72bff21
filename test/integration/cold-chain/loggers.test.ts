import { createHash } from 'node:crypto';
import { newId } from '../../../src/common';
import { addFacility, write } from '../../harness/worlds/clinic';
import { base64, fridgeTag2L } from '../../harness/worlds/loggers';
import { atFacility } from '../../harness/service';
import { ColdCountry, IMPORT } from './cold-country';

describe('what keeps vaccines cold', () => {
  const world = new ColdCountry();
  const { register, fridge, store, bring, ask, ago } = world;

  describe('equipment', () => {
    it('is registered once, works, and may fail and be repaired', async () => {
      const { id: facilityId } = await addFacility(world.service, world.tenant);
      const input = fridge(facilityId);

      const made = await register(input);
      const again = await register(input);
      const same = await register({ ...input, idempotencyKey: newId() });
      const failed = await ask(
        `mutation ($input: ChangeColdEquipmentInput!) { changeColdEquipment(input: $input) { state } }`,
        { input: { facilityId, equipmentId: made.id, state: 'FAILED', remark: 'compressor' } },
      );

      expect(made).toMatchObject({
        state: 'WORKING',
        capacities: [{ temperature: 'CHILLED', litres: 99.5 }],
      });
      expect(again.id).toBe(made.id);
      expect(same).toMatchObject({ __typename: 'ColdEquipmentKnown', equipmentId: made.id });
      expect(failed.state).toBe('FAILED');
    });

    it('is not taken with a catalogue number of another kind', async () => {
      const { id: facilityId } = await addFacility(world.service, world.tenant);

      const { errors } = await world.service.graphql(
        `mutation ($input: RegisterColdEquipmentInput!) { registerColdEquipment(input: $input) { __typename } }`,
        { input: fridge(facilityId, { pqsCode: 'E004/030' }) },
        world.keeper,
      );

      expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT' });
    });
  });

  describe('a logger’s file', () => {
    it('is kept byte for byte, once', async () => {
      const here = await store();
      const text = fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5, 6] });

      const first = await bring(here, text);
      const again = await bring(here, text);
      const content = await ask(
        `query ($facilityId: ID!, $fileId: ID!) { loggerFileContent(facilityId: $facilityId, fileId: $fileId) }`,
        { facilityId: here.facilityId, fileId: first.file.id },
      );

      expect(first).toMatchObject({ repeated: false, newReadings: 3, openedExcursionIds: [] });
      expect(first.file.sha256).toBe(createHash('sha256').update(text).digest('hex'));
      expect(again).toMatchObject({ repeated: true, newReadings: 0, file: first.file });
      expect(content).toBe(base64(text));
    });

    it('of a later day adds only what is new', async () => {
      const here = await store();
      await bring(here, fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5] }));

      const later = await bring(
        here,
        fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5, 6, 7] }),
      );

      expect(later).toMatchObject({ repeated: false, newReadings: 2 });
    });

    it('that is broken is refused with its line, and nothing of it is taken', async () => {
      const here = await store();
      const text = fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4, 5] });

      const broken = await bring(here, text.replace('\t5.0', '\twarm'));
      const ahead = await bring(here, fridgeTag2L({ serial: here.serial, day: ago(-5), celsius: [4] }));
      const [{ files, readings }] = (await write<{ files: number; readings: number }>(
        world.service,
        world.tenant,
        `SELECT (SELECT count(*)::int FROM temperature_file WHERE facility_id = $1) AS files,
           (SELECT count(*)::int FROM temperature_reading WHERE facility_id = $1) AS readings`,
        [here.facilityId],
      )) as [{ files: number; readings: number }];

      expect(broken).toMatchObject({
        __typename: 'LoggerFileBroken',
        line: text.split('\n').indexOf(`\t${ago(3)} 00:30\t5.0`) + 1,
      });
      expect(ahead).toMatchObject({ __typename: 'LoggerFileBroken' });
      expect({ files, readings }).toEqual({ files: 0, readings: 0 });
    });

    it('of a device that is not registered there, or as another model, says so', async () => {
      const here = await store({ model: 'Fridge-tag 2' });
      const text = (serial: string) => fridgeTag2L({ serial, day: ago(3), celsius: [4] });

      const stranger = await bring(here, text('unheard-of'));
      const other = await bring(here, text(here.serial));

      expect(stranger).toMatchObject({ __typename: 'LoggerUnknown', serial: 'unheard-of' });
      expect(other).toMatchObject({ registeredModel: 'Fridge-tag 2', statedModel: 'Q-tag Fridge-tag 2 L' });
    });

    it.each([
      ['no base64', 'not base64!'],
      ['nothing', ''],
      ['more than two megabytes', Buffer.alloc(2 * 1024 * 1024 + 1).toString('base64')],
    ])('is not %s', async (_what, content) => {
      const { facilityId } = await store();

      const { errors } = await world.service.graphql(
        IMPORT,
        { input: { facilityId, content } },
        world.keeper,
      );

      expect(errors![0]!.extensions.code).toBe('INVALID_INPUT');
    });

    it('is the same for a facility’s own staff, at that facility', async () => {
      const here = await store();
      const own = {
        tenant: 'aa',
        token: await world.service.tokenFor(world.tenant, [atFacility('facility-admin', here.facilityId)]),
      };

      const brought = await bring(here, fridgeTag2L({ serial: here.serial, day: ago(3), celsius: [4] }), own);

      expect(brought.newReadings).toBe(1);
    });
  });
});
