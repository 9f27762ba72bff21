import { Injectable } from '@nestjs/common';
import { Attendance } from '../appointments';
import { AuditTrail } from '../audit';
import { civilNow, Places, SessionsStore } from '../facilities';

import { may, mayAnywhere } from '../platform/access';
import type { Context } from '../platform/context';
import { Database, once } from '../platform/database';
import { invalid } from '../platform/errors';
import { Outbox } from '../platform/events';
import { Programmes } from '../programmes';
import { Persons } from '../registry';
import { asNotDone } from './read-vaccinations';
import type { VaccinationNotDone } from './vaccination.graphql';
import { doseNotDone } from './vaccinations.events';
import { VaccinationsStore } from './vaccinations.store';

export interface RecordNotDoneInput {
  idempotencyKey: string;
  personId: string;
  facilityId: string;
  sessionId?: string | null;
  vaccineGroup: string;
  /** A NotDoneReason. */
  reason: string;
}

/** A dose was due today and was not given. It changes no forecast: it says why there is no dose. */
@Injectable()
export class RecordNotDone {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly attendance: Attendance,
    private readonly programmes: Programmes,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such person or facility, INVALID_INPUT for a group that the schedule does not have. */
  async run(ctx: Context, input: RecordNotDoneInput): Promise<VaccinationNotDone> {
    mayAnywhere(ctx, 'vaccination.record');
    const { personId, facilityId, vaccineGroup, reason } = input;
    const { schedule } = await this.programmes.current(ctx);
    return this.database.write(ctx, async work => {
      may(ctx, 'vaccination.record', await this.places.of(work, facilityId));
      await this.persons.byId(ctx, work, personId);
      if (!schedule.groups.some(({ code }) => code === vaccineGroup))
        throw invalid('vaccineGroup', 'vaccinations.invalid.vaccineGroup');
      const sessionId = input.sessionId ?? null;
      if (sessionId && !(await this.sessions.session(work, facilityId, sessionId)))
        throw invalid('sessionId', 'vaccinations.invalid.session');
      const recorded = await once(ctx, work, input.idempotencyKey, input, async () => {
        const row = { personId, vaccineGroup, reason, facilityId, sessionId, day: civilNow(ctx).date };
        const notDoneId = await this.store.addNotDone(ctx, work, row);
        if (sessionId)
          await this.attendance.completed(work, [{ facilityId, sessionId, personId, at: ctx.now() }]);
        this.audit.record(ctx, work, {
          action: 'vaccination.not-done',
          resource: { type: 'vaccination-not-done', id: notDoneId },
          personId,
          facilityId,
          detail: { vaccineGroup, reason },
        });
        this.outbox.announce(ctx, work, doseNotDone, personId, { personId, notDoneId, facilityId });
        return notDoneId;
      });
      const rows = await this.store.notDoneOf(work, [personId]);
      return asNotDone(rows.find(({ id }) => id === recorded!.id)!);
    });
  }
}
