import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { ColdEvidence, excursionGrew, excursionOpened, FollowStock } from '../../cold-chain';
import { Quarantine } from '../../inventory';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners, Outbox } from '../../platform/events';
import { Rounds } from '../../tenancy';
import { ConsignmentsStore } from '../consignments/consignments.store';
import { consignmentPlanned, consignmentExposed } from '../delivery.events';
import { microsecondsOf } from '../scans/instants';
import { type Carried, Carriers } from './carriers';
import { ColdUnitsStore } from './cold-units.store';
import { type ExposedDoses, exposedDoses } from './exposed-rules';

/** Scans and papers that come later than that after an excursion was opened change nothing of it by themselves. Days. */
const LATE_DAYS = 14;
const DAY = 86_400_000;

interface Excursion {
  facilityId: string;
  excursionId: string;
}

/** What befell the carrier: which consignments and which doses were in it just then. */
interface Befallen {
  side: 'low' | 'high';
  from: Date;
  consignments: string[];
  doses: ExposedDoses[];
}

/**
 * What is measured in a cold box or vehicle befell what was in it just then: each consignment has it on record, and
 * the doses of a shipment that was in it are held where they are or will be, until somebody decides there.
 */
@Injectable()
export class FollowExcursions implements OnModuleInit, OnApplicationBootstrap {
  constructor(
    private readonly listeners: FactListeners,
    private readonly rounds: Rounds,
    private readonly database: Database,
    private readonly coldEvidence: ColdEvidence,
    private readonly stock: FollowStock,
    private readonly quarantine: Quarantine,
    private readonly units: ColdUnitsStore,
    private readonly carriers: Carriers,
    private readonly consignments: ConsignmentsStore,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    for (const fact of [excursionOpened, excursionGrew])
      this.listeners.on(fact, (ctx, { payload }) => this.run(ctx, payload));
  }

  onApplicationBootstrap(): void {
    this.rounds.add({
      seconds: 900,
      fault: 'what was in cold boxes could not be looked at again',
      skipsReadOnly: true,
      run: ctx => this.again(ctx),
    });
  }

  /** Looks again at what was measured lately: what was in a box is often told only when the device is back. */
  async again(ctx: Context): Promise<void> {
    const lately = await this.database.read(ctx, async work => {
      const since = new Date(ctx.now().getTime() - LATE_DAYS * DAY);
      return this.coldEvidence.openedIn(work, await this.units.labelled(work), since);
    });
    for (const excursion of lately) await this.run(ctx, excursion);
  }

  /** Once for each consignment, lot and place, however often it is told. */
  async run(ctx: Context, excursion: Excursion): Promise<void> {
    const befallen = await this.database.read(ctx, work => this.befallen(work, excursion));
    if (!befallen) return;
    for (const unitId of befallen.consignments) await this.note(ctx, unitId, excursion, befallen);
    if (befallen.doses.length > 0) await this.stock.carried(ctx, excursion, befallen.doses);
  }

  /** Null for what was not measured in a labelled piece of equipment. */
  private async befallen(work: UnitOfWork, { facilityId, excursionId }: Excursion): Promise<Befallen | null> {
    const evidence = await this.coldEvidence.of(work, facilityId, excursionId);
    if (!evidence) return null;
    const { side, from } = evidence;
    const carriers = await this.units.ofEquipment(work, facilityId, evidence.equipmentId);
    if (carriers.length === 0) return null;
    const within = { from: microsecondsOf(from), to: microsecondsOf(evidence.to) };
    const carried: Carried[] = carriers.map(unitId => ({ unitId, ...within }));
    for (const carrier of carriers) carried.push(...(await this.carriers.contents(work, carrier, within)));
    carried.push(...(await this.carriers.saidToBeIn(work, carried)));
    const unitIds = [...new Set(carried.map(({ unitId }) => unitId))];
    const [consignments, boxed] = await Promise.all([
      this.consignments.among(work, unitIds),
      this.quarantine.inBoxes(work, unitIds),
    ]);
    return { side, from, consignments, doses: exposedDoses(carried, boxed) };
  }

  private note(
    ctx: Context,
    unitId: string,
    { excursionId }: Excursion,
    { side, from }: Befallen,
  ): Promise<void> {
    return this.database.write(ctx, async work => {
      const at = microsecondsOf(from);
      const exception = { kind: 'TEMPERATURE', hubId: null, at, scanId: excursionId } as const;
      if (!(await this.consignments.addException(ctx, work, unitId, exception))) return;
      this.outbox.announce(ctx, work, consignmentPlanned, unitId, { unitId });
      const since = from.toISOString();
      this.outbox.announce(ctx, work, consignmentExposed, unitId, { unitId, side, since });
    });
  }
}
