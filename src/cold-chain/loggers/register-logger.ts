import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { EquipmentStore } from '../equipment/equipment.store';
import { type RegisterTemperatureLoggerResult, TemperatureLoggerKnown } from './logger.graphql';
import { LoggersStore, type NewLogger } from './loggers.store';
import { ReadLoggers } from './read-loggers';

export type RegisterLoggerInput = NewLogger & { idempotencyKey: string };

/** A logger watches a piece of equipment, where it keeps one temperature class. */
@Injectable()
export class RegisterLogger {
  constructor(
    private readonly database: Database,
    private readonly store: LoggersStore,
    private readonly equipment: EquipmentStore,
    private readonly reading: ReadLoggers,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /**
   * Throws NOT_FOUND for no such facility or equipment, INVALID_INPUT for a temperature that the equipment does not keep,
   * STATE_FORBIDS for equipment that is retired.
   */
  run(ctx: Context, input: RegisterLoggerInput): Promise<typeof RegisterTemperatureLoggerResult> {
    mayAnywhere(ctx, 'cold-equipment.register');
    const { facilityId, equipmentId, temperature } = input;
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'cold-equipment.register', await this.places.of(work, facilityId));
        const equipment = await this.equipment.one(work, facilityId, equipmentId);
        if (!equipment) throw notFound();
        if (equipment.state === 'RETIRED') throw new AppError('STATE_FORBIDS', { state: equipment.state });
        if (!equipment.capacities.some(one => one.temperature === temperature))
          throw invalid('temperature', 'cold-chain.invalid.notKeptThere');
        const made = await once(ctx, work, input.idempotencyKey, input, () =>
          this.register(ctx, work, input),
        );
        const [logger] = await this.reading.all(ctx, work, facilityId, made!.id);
        return logger!;
      }),
    );
  }

  private async register(ctx: Context, work: UnitOfWork, input: RegisterLoggerInput): Promise<string> {
    const { facilityId, serial } = input;
    const id = await this.store.add(ctx, work, input);
    if (!id) {
      const { id: loggerId } = (await this.store.bySerial(work, facilityId, serial))!;
      const message = this.texts.say(ctx, 'cold-chain.loggerKnown', { serial });
      throw new Refused(Object.assign(new TemperatureLoggerKnown(), { message, loggerId }));
    }
    this.audit.record(ctx, work, {
      action: 'temperature-logger.register',
      resource: { type: 'temperature-logger', id },
      facilityId,
    });
    return id;
  }
}
