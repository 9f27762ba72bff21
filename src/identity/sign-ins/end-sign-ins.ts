import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { signedIn } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { Planes } from '../planes';
import { EndedSignIns } from './ended-sign-ins';
import type { EndedFor } from './sign-in-rules';
import { SignInsStore } from './sign-ins.store';

/** Ends sign-ins before their tokens do: here at once, in other processes within two seconds. */
@Injectable()
export class EndSignIns {
  constructor(
    private readonly planes: Planes,
    private readonly store: SignInsStore,
    private readonly ended: EndedSignIns,
    private readonly audit: AuditTrail,
  ) {}

  /** One of the caller's own, this one included. Throws NOT_FOUND alike for another's, an ended and a missing one. */
  async one(ctx: Context, id: string): Promise<boolean> {
    const me = signedIn(ctx);
    await this.planes.write(ctx, me.kind, async work => {
      if (!(await this.store.endOne(work, me, id, ctx.now()))) throw notFound();
      this.audit.record(ctx, work, { action: 'identity.sign-out', resource: { type: 'sign-in', id } });
    });
    this.ended.forget(ctx, me);
    return true;
  }

  /** All of the caller's own but this one, those included that have not proved a second factor yet; how many stood. */
  async others(ctx: Context): Promise<number> {
    const me = signedIn(ctx);
    const count = await this.planes.write(ctx, me.kind, async work => {
      const how = {
        endedFor: 'SIGNED_OUT' as const,
        now: ctx.now(),
        ...(me.signIn && { but: me.signIn.id }),
      };
      const ended = await this.store.endAll(work, me, how);
      // Whoever knew the password may be half in: she would prove, or set up, a factor of her own.
      const entrant = { kind: `${me.kind}-entrant`, id: me.id };
      const halfIn = await this.store.endAll(work, entrant, how);
      this.audit.record(ctx, work, {
        action: 'identity.sign-out',
        resource: { type: me.kind, id: me.id },
        detail: { others: ended + halfIn },
      });
      return ended + halfIn;
    });
    this.ended.forget(ctx, me);
    return count;
  }

  /** All of a partner, in the caller's unit of work. Whether the caller may is for her verb to check. */
  async ofPartner(ctx: Context, work: UnitOfWork, partnerId: string): Promise<void> {
    const partner = { kind: 'partner' as const, id: partnerId };
    await this.store.endAll(work, partner, { endedFor: 'SIGNED_OUT_BY_ADMIN', now: ctx.now() });
    this.ended.forget(ctx, partner);
  }

  /** All of a member of staff, in the caller's unit of work. Whether the caller may is for her verb to check. */
  async ofStaff(ctx: Context, work: UnitOfWork, staffId: string, endedFor: EndedFor): Promise<number> {
    const staff = { kind: 'staff' as const, id: staffId };
    const entrant = { kind: 'staff-entrant' as const, id: staffId };
    const count = await this.store.endAll(work, staff, { endedFor, now: ctx.now() });
    await this.store.endAll(work, entrant, { endedFor, now: ctx.now() });
    this.ended.forget(ctx, staff);
    return count;
  }
}
