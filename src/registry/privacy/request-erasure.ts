import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Page, type PageRequest, pageOf } from '../../common';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { mayFor, Persons } from '../persons';
import { type ErasureGround, type ErasureRow, type ErasureState, ErasuresStore } from './erasures.store';

/** Grounds that somebody may give; the other is the service's own. */
export type AskedGround = Exclude<ErasureGround, 'RESTORED'>;

/** Somebody asks that a person be erased: she herself, or staff who answer for the register. A second person decides. */
@Injectable()
export class RequestErasure {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly store: ErasuresStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Asked again before it is decided, it is the same request. Throws NOT_FOUND for somebody else's person. */
  run(ctx: Context, input: { personId: string; ground: AskedGround }): Promise<ErasureRow> {
    const permission = ctx.actor.kind === 'citizen' ? 'erasure.request-own' : 'erasure.request';
    mayAnywhere(ctx, permission);
    return this.database.write(ctx, async work => {
      const person = await this.persons.byId(ctx, work, input.personId);
      mayFor(ctx, permission, person);
      const ground = ctx.actor.kind === 'citizen' ? 'ASKED_BY_PERSON' : input.ground;
      const request = await this.store.ask(ctx, work, person.id, ground);
      this.audit.record(ctx, work, {
        action: permission,
        resource: { type: 'erasure-request', id: request.id },
        personId: person.id,
        detail: { ground: request.ground },
      });
      return request;
    });
  }

  /** What is asked for, or was decided; newest first. Ids alone: whoever decides opens the record if she has to. */
  page(ctx: Context, state: ErasureState, page: PageRequest): Promise<Page<ErasureRow>> {
    may(ctx, 'erasure.decide');
    return this.database.read(ctx, async work =>
      pageOf(await this.store.page(work, state, page), page.first, ({ id }) => id),
    );
  }
}
