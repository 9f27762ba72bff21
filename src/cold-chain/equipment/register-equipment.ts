import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, orRefusal, Refused, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type EquipmentDetails, equipmentFault } from './equipment-rules';
import { ColdEquipment, ColdEquipmentKnown } from './equipment.graphql';
import { EquipmentStore } from './equipment.store';
import { asEquipment } from './equipment-view';

export type RegisterEquipmentInput = Omit<EquipmentDetails, 'pqsCode' | 'grai' | 'giai'> & {
  idempotencyKey: string;
  facilityId: string;
  pqsCode?: string | null;
  grai?: string | null;
  giai?: string | null;
};

/** A facility keeps things cold with something new. It works until somebody says that it does not. */
@Injectable()
export class RegisterEquipment {
  constructor(
    private readonly database: Database,
    private readonly store: EquipmentStore,
    private readonly places: Places,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for no such facility, INVALID_INPUT for a code or capacity that cannot be. */
  run(ctx: Context, input: RegisterEquipmentInput): Promise<ColdEquipment | ColdEquipmentKnown> {
    mayAnywhere(ctx, 'cold-equipment.register');
    const { facilityId } = input;
    const details = detailsOf(input);
    return orRefusal(() =>
      this.database.write(ctx, async work => {
        may(ctx, 'cold-equipment.register', await this.places.of(work, facilityId));
        const fault = equipmentFault(details);
        if (fault) throw invalid(fault.field, `cold-chain.invalid.${fault.why}`);
        const made = await once(ctx, work, input.idempotencyKey, input, () =>
          this.register(ctx, work, facilityId, details),
        );
        return asEquipment((await this.store.one(work, facilityId, made!.id))!);
      }),
    );
  }

  private async register(
    ctx: Context,
    work: UnitOfWork,
    facilityId: string,
    details: EquipmentDetails,
  ): Promise<string> {
    const id = await this.store.add(ctx, work, facilityId, details);
    if (!id) {
      const { id: equipmentId } = (await this.store.known(work, facilityId, details))!;
      const message = this.texts.say(ctx, 'cold-chain.equipmentKnown', { serial: details.serial });
      throw new Refused(Object.assign(new ColdEquipmentKnown(), { message, equipmentId }));
    }
    this.audit.record(ctx, work, {
      action: 'cold-equipment.register',
      resource: { type: 'cold-equipment', id },
      facilityId,
      detail: { kind: details.kind },
    });
    return id;
  }
}

const detailsOf = (input: RegisterEquipmentInput): EquipmentDetails => ({
  kind: input.kind,
  manufacturer: input.manufacturer,
  model: input.model,
  serial: input.serial,
  pqsCode: input.pqsCode ?? null,
  grai: input.grai ?? null,
  giai: input.giai ?? null,
  capacities: input.capacities.map(({ temperature, litres }) => ({ temperature, litres })),
});
