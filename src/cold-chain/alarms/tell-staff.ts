import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Finding, WriteToStaff } from '../../facilities';
import { PERMISSIONS } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { equipmentChanged, excursionDecided, excursionOpened, loggerFellSilent } from '../cold-chain.events';
import { EquipmentStore } from '../equipment/equipment.store';
import { ExcursionsStore } from '../excursions/excursions.store';
import { LoggersStore } from '../loggers/loggers.store';

/** Those who decide there, and those who look after the equipment there. */
const RESPONSIBLE: readonly string[] = [
  ...new Set<string>([...PERMISSIONS['excursion.decide'], ...PERMISSIONS['cold-equipment.register']]),
];

/** Writes to those who are responsible at a place when the cold chain there needs them: each alarm once. */
@Injectable()
export class TellStaff implements OnModuleInit {
  constructor(
    private readonly excursions: ExcursionsStore,
    private readonly loggers: LoggersStore,
    private readonly equipment: EquipmentStore,
    private readonly letters: WriteToStaff,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(excursionOpened, (ctx, { payload: { facilityId, excursionId } }) =>
      this.tell(ctx, facilityId, work => this.opened(work, facilityId, excursionId)),
    );
    this.listeners.on(excursionDecided, (ctx, { payload: { facilityId, excursionId, discardedLotIds } }) =>
      this.tell(ctx, facilityId, work => this.decided(work, facilityId, excursionId, discardedLotIds.length)),
    );
    this.listeners.on(loggerFellSilent, (ctx, { payload: { facilityId, loggerId, since } }) =>
      this.tell(ctx, facilityId, (work, instant) => this.silent(work, facilityId, loggerId, instant(since))),
    );
    this.listeners.on(equipmentChanged, (ctx, { payload: { facilityId, equipmentId, state } }) =>
      state === 'FAILED'
        ? this.tell(ctx, facilityId, work => this.failed(work, facilityId, equipmentId))
        : Promise.resolve(),
    );
  }

  private tell(
    ctx: Context,
    facilityId: string,
    find: (work: UnitOfWork, instant: (at: string) => string) => Promise<Finding>,
  ): Promise<void> {
    return this.letters.run(ctx, { facilityId, roles: RESPONSIBLE }, (work, reader) =>
      find(work, instantsIn(reader.languages[0]!, ctx.tenant!.timeZone)),
    );
  }

  private async opened(work: UnitOfWork, facilityId: string, id: string): Promise<Finding> {
    const excursion = await this.excursions.one(work, facilityId, id);
    if (!excursion || excursion.decidedAt) return null;
    const { side, minutes, limitCelsius } = excursion;
    const lots = (await this.excursions.lots(work, excursion)).filter(({ holdId }) => holdId !== null).length;
    const key = side === 'low' ? 'cold-chain.told.tooCold' : 'cold-chain.told.tooWarm';
    return { key, about: { minutes, limit: limitCelsius, lots, id } };
  }

  private async decided(
    work: UnitOfWork,
    facilityId: string,
    id: string,
    discarded: number,
  ): Promise<Finding> {
    const lots = await this.excursions.lots(work, { facilityId, id });
    return { key: 'cold-chain.told.decided', about: { id, discarded, released: lots.length - discarded } };
  }

  private async silent(work: UnitOfWork, facilityId: string, id: string, since: string): Promise<Finding> {
    const logger = await this.loggers.one(work, facilityId, id);
    return (
      logger && {
        key: 'cold-chain.told.silent',
        about: { serial: logger.serial, model: logger.model, since },
      }
    );
  }

  private async failed(work: UnitOfWork, facilityId: string, id: string): Promise<Finding> {
    const equipment = await this.equipment.one(work, facilityId, id);
    if (equipment?.state !== 'FAILED') return null;
    const { manufacturer, model, serial } = equipment;
    return { key: 'cold-chain.told.failed', about: { manufacturer, model, serial } };
  }
}

/** Shows instants by the country's clock. */
function instantsIn(language: string, timeZone: string): (at: string) => string {
  const form = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return at => form.format(new Date(at));
}
