import { newId } from '../../src/common';
import type { Context } from '../../src/platform/context';
import type { Presence } from '../../src/vaccinations/dose-record';
import type { RecordVaccinationInput } from '../../src/vaccinations/recording/dose-call';
import { RecordDoses } from '../../src/vaccinations/recording/record-doses';
import { RecordVaccination } from '../../src/vaccinations/recording/record-vaccination';
import { atFacility } from '../../test/harness/service';
import type { World } from './world';

const TURNS = 1_000;

/**
 * What a lone call loses by being coalesced: doses recorded one after another in this process, by turns through the
 * coalescer and straight as a batch of one. A line with both medians and their ratio.
 */
export async function loneCall(world: World): Promise<string> {
  const { app } = world.service;
  const [coalesced, straight] = [
    app.get(RecordVaccination, { strict: false }),
    app.get(RecordDoses, { strict: false }),
  ];
  const times: [number[], number[]] = [[], []];
  const people = await world.people(2 * TURNS);
  for (const [index, personId] of people.entries()) {
    const { facilityId, lotId } = world.places[(index >> 1) % world.places.length]!;
    const ctx = vaccinatorAt(world, facilityId);
    const input: RecordVaccinationInput = {
      idempotencyKey: newId(),
      personId,
      facilityId,
      lotId,
      presence: 'WALK_IN' satisfies Presence,
    };
    const begun = performance.now();
    const recorded =
      index % 2 === 0
        ? 'lotNumber' in (await coalesced.run(ctx, input))
        : (await straight.run([{ ctx, input }])).every(one => 'answer' in one && 'made' in one.answer);
    if (!recorded) throw new Error('a dose was not recorded');
    if (index >= TURNS / 5) times[(index % 2) as 0 | 1].push(performance.now() - begun);
  }
  const [with_, without] = times.map(median) as [number, number];
  return `a lone call, coalesced / not: ${with_.toFixed(2)} / ${without.toFixed(2)} ms at the median, ratio ${(with_ / without).toFixed(3)}`;
}

const vaccinatorAt = (world: World, facilityId: string): Context =>
  world.service.contextOf(world.ref, {
    actor: { kind: 'staff', id: 'load', grants: [atFacility('vaccinator', facilityId)] },
  });

const median = (times: readonly number[]): number => Float64Array.from(times).sort()[times.length >> 1]!;
