import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Context } from '../../../src/platform/context';
import { SyncDoses } from '../../../src/vaccinations/offline/sync-doses';
import { RecordVaccination } from '../../../src/vaccinations/recording/record-vaccination';
import { atFacility } from '../../harness/service';

/** Doses of one lot: some recorded one by one at one moment, the others told by a device. The key is the person's id. */
export interface ToRecord {
  facilityId: string;
  lotId: string;
  staffId: string;
  /** When the device's doses were given, by its clock, which is right. */
  givenAt: string;
  singly: readonly string[];
  synced: readonly string[];
}

/** Records them by the verbs themselves; what became of each, those recorded singly first. */
export async function recordAll(
  app: NestFastifyApplication,
  system: Context,
  { facilityId, lotId, staffId, givenAt, singly, synced }: ToRecord,
): Promise<object[]> {
  const ctx: Context = {
    ...system,
    actor: { kind: 'staff', id: staffId, grants: [atFacility('vaccinator', facilityId)] },
  };
  const dose = (personId: string) => ({ personId, facilityId, lotId, presence: 'WALK_IN' as const });
  const recorder = app.get(RecordVaccination, { strict: false });
  const [alone, { doses }] = await Promise.all([
    Promise.all(singly.map(personId => recorder.run(ctx, { ...dose(personId), idempotencyKey: personId }))),
    app.get(SyncDoses, { strict: false }).run(ctx, {
      deviceId: 'tablet-0001',
      deviceTime: ctx.now(),
      doses: synced.map(personId => ({ ...dose(personId), clientId: personId, givenAt: new Date(givenAt) })),
    }),
  ]);
  return [...alone, ...doses.map(({ result }) => result)];
}
