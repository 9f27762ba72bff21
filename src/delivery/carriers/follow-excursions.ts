import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ColdEvidence, excursionGrew, excursionOpened } from '../../cold-chain';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners, Outbox } from '../../platform/events';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { consignmentPlanned, consignmentExposed } from '../delivery.events';
import { microsecondsOf } from '../scans/instants';
import { Carriers } from './carriers';
import { ColdUnitsStore } from './cold-units.store';

/** What is measured in a cold box or vehicle befell the consignments that were in it just then: each has it on record. */
@Injectable()
export class FollowExcursions implements OnModuleInit {
  constructor(
    private readonly listeners: FactListeners,
    private readonly database: Database,
    private readonly coldEvidence: ColdEvidence,
    private readonly units: ColdUnitsStore,
    private readonly carriers: Carriers,
    private readonly consignments: ConsignmentsStore,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    for (const fact of [excursionOpened, excursionGrew])
      this.listeners.on(fact, (ctx, { payload }) => this.run(ctx, payload));
  }

  /** Once for each consignment and excursion, however often the fact is told. */
  async run(
    ctx: Context,
    { facilityId, excursionId }: { facilityId: string; excursionId: string },
  ): Promise<void> {
    const found = await this.database.read(ctx, async work => {
      const evidence = await this.coldEvidence.of(work, facilityId, excursionId);
      if (!evidence) return null;
      const within = { from: microsecondsOf(evidence.from), to: microsecondsOf(evidence.to) };
      const carriers = await this.units.ofEquipment(work, facilityId, evidence.equipmentId);
      return { ...evidence, within, concerned: await this.carried(work, carriers, within) };
    });
    for (const unitId of found?.concerned ?? [])
      await this.database.write(ctx, async work => {
        const { side, within } = found!;
        const exception = { kind: 'TEMPERATURE', hubId: null, at: within.from, scanId: excursionId } as const;
        if (!(await this.consignments.addException(ctx, work, unitId, exception))) return;
        this.outbox.announce(ctx, work, consignmentPlanned, unitId, { unitId });
        this.outbox.announce(ctx, work, consignmentExposed, unitId, {
          unitId,
          side,
          since: found!.from.toISOString(),
        });
      });
  }

  /** The consignments among what these units carried, and themselves. */
  private async carried(
    work: UnitOfWork,
    carriers: readonly string[],
    within: { from: number; to: number },
  ): Promise<string[]> {
    const found = new Set(carriers);
    for (const carrier of carriers)
      for (const unitId of await this.carriers.contents(work, carrier, within)) found.add(unitId);
    return found.size === 0 ? [] : this.consignments.among(work, [...found]);
  }
}
