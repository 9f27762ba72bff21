import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { Programmes } from '../../programmes';
import { faultsAsError } from '../places/facility-input';
import { Places } from '../places/places';
import { civilNow } from './civil-now';
import { type PlanSessionGraphqlInput, Session, SessionAlreadyPlanned } from './session.graphql';
import { capsOf, planFaults, poolsOf } from './session-rules';
import { sessionFor } from './session-view';
import { SessionsStore } from './sessions.store';

/** A facility announces when it vaccinates, with what, whom, and how many. */
@Injectable()
export class PlanSession {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly programmes: Programmes,
    private readonly store: SessionsStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for an unknown facility, INVALID_INPUT for a plan that cannot be. */
  async run(ctx: Context, input: PlanSessionGraphqlInput): Promise<Session | SessionAlreadyPlanned> {
    mayAnywhere(ctx, 'session.plan');
    return this.database.write(ctx, async work => {
      may(ctx, 'session.plan', await this.places.of(work, input.facilityId));
      const capacity = input.capacity.map(({ doseNumber, places }) => ({
        doseNumber: doseNumber ?? null,
        places,
      }));
      const plan = { ...input, capacity, minAge: input.minAge ?? null, maxAge: input.maxAge ?? null };
      const faults = planFaults(plan, civilNow(ctx));
      if (faults.length > 0) throw faultsAsError(faults);
      const products = [...new Set(input.products)].sort();
      await this.checkProducts(ctx, work, products);
      const session = {
        ...plan,
        id: ctx.newId(),
        products,
        opensAt: input.opensAt ?? ctx.now(),
        caps: capsOf(input.caps),
      };
      if (!(await this.store.add(ctx, work, session, poolsOf(plan)))) {
        const message = this.texts.say(ctx, 'facilities.sessionAlreadyPlanned');
        const sessionId = await this.store.sameAs(work, session);
        return Object.assign(new SessionAlreadyPlanned(), { message, sessionId });
      }
      this.audit.record(ctx, work, {
        action: 'session.plan',
        resource: { type: 'session', id: session.id },
        facilityId: input.facilityId,
      });
      return sessionFor(ctx, (await this.store.session(work, input.facilityId, session.id))!);
    });
  }

  private async checkProducts(ctx: Context, work: UnitOfWork, codes: readonly string[]): Promise<void> {
    const inUse = (await this.programmes.products(ctx, work)).filter(product => product.active);
    const unknown = codes.find(code => !inUse.some(product => product.code === code));
    if (unknown !== undefined)
      throw invalid('products', 'facilities.fault.unknownProduct', { product: unknown.slice(0, 40) });
  }
}
