import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isId } from '../../common';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { PersonsStore } from '../persons.store';
import { Hindrances } from './hindrances';
import { type LegalHoldRow, LegalHoldsStore } from './legal-holds.store';

/** While a court or an inquiry needs a person's record, nothing of it is erased. */
@Injectable()
export class LegalHolds implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly persons: PersonsStore,
    private readonly store: LegalHoldsStore,
    private readonly hindrances: Hindrances,
    private readonly audit: AuditTrail,
  ) {}

  onModuleInit(): void {
    this.hindrances.on(
      'LEGAL_HOLD',
      async (work, personId, rules) => rules.holdEverybody || (await this.store.holds(work, personId)),
    );
  }

  /** Throws NOT_FOUND for no person of this country. She is locked: an erasure under way is done before, or hindered. */
  place(
    ctx: Context,
    input: { personId: string; reference: string; idempotencyKey: string },
  ): Promise<LegalHoldRow> {
    may(ctx, 'legal-hold.place');
    const { idempotencyKey, ...request } = input;
    return this.database.write(ctx, async work => {
      const person = isId(input.personId) ? await this.persons.personToChange(work, input.personId) : null;
      if (!person) throw notFound();
      const made = await once(ctx, work, idempotencyKey, request, async () => {
        const { id } = await this.store.place(ctx, work, person.id, input.reference);
        this.note(ctx, work, 'legal-hold.place', person.id, id);
        return id;
      });
      return (await this.store.hold(work, person.id, made!.id))!;
    });
  }

  /** Throws NOT_FOUND for no such hold. */
  lift(ctx: Context, input: { personId: string; holdId: string }): Promise<LegalHoldRow> {
    may(ctx, 'legal-hold.lift');
    return this.database.write(ctx, async work => {
      const hold = await this.store.lift(ctx, work, input.personId, input.holdId);
      if (!hold) throw notFound();
      this.note(ctx, work, 'legal-hold.lift', hold.personId, hold.id);
      return hold;
    });
  }

  private note(
    ctx: Context,
    work: Parameters<AuditTrail['record']>[1],
    action: string,
    personId: string,
    id: string,
  ) {
    this.audit.record(ctx, work, { action, resource: { type: 'legal-hold', id }, personId });
  }
}
