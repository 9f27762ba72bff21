import { Injectable } from '@nestjs/common';
import { Attendance, type Expected } from '../../appointments';
import { AuditTrail } from '../../audit';
import { addTo, decodeCursor, isId, type PageRequest, pageOf, startOfDay } from '../../common';
import { civilNow, Places, SessionsStore } from '../../facilities';
import { refusalToDraw, Stock } from '../../inventory';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { AppError, invalid, notFound } from '../../platform/errors';
import { Programmes } from '../../programmes';
import { Persons } from '../../registry';
import { VaccinationsStore } from '../vaccinations.store';
import { productsFor } from '../vaccine-names';
import type { ExpectedPerson, SessionPack } from './session-pack.graphql';

/** How many days ahead a session is packed. */
const AHEAD = { months: 0, days: 7 };

/** What a vaccinator takes along to a session that has no connection: whom to expect, and what to decide with. */
@Injectable()
export class PackSession {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly attendance: Attendance,
    private readonly persons: Persons,
    private readonly store: VaccinationsStore,
    private readonly stock: Stock,
    private readonly programmes: Programmes,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Every person on the page is in the audit trail, with the purpose. Throws NOT_FOUND for no such session, FORBIDDEN where
   * the caller may not record, INVALID_INPUT without a purpose, STATE_FORBIDS for a session that is over, cancelled, or
   * more than a week ahead.
   */
  async run(
    ctx: Context,
    session: { facilityId: string; sessionId: string },
    page: PageRequest,
  ): Promise<SessionPack> {
    mayAnywhere(ctx, 'session.pack');
    if (!ctx.purpose) throw invalid('X-Purpose', 'registry.invalid.purposeNeeded');
    const programme = await this.programmes.current(ctx);
    return this.database.read(ctx, async work => {
      may(ctx, 'session.pack', await this.places.of(work, session.facilityId));
      const row = await this.sessions.session(work, session.facilityId, session.sessionId);
      if (!row) throw notFound();
      const { date: today } = civilNow(ctx);
      if (row.state === 'CANCELLED' || row.date < today || row.date > addTo(today, AHEAD))
        throw new AppError('STATE_FORBIDS', { state: row.state });
      const after = page.after ? decodeCursor(page.after) : '';
      const expected = await this.attendance.expected(work, session, {
        first: page.first,
        after: isId(after) ? after : null,
      });
      const { items, endCursor } = pageOf(expected, page.first, ({ id }) => id);
      const { schedule, products } = programme.pack;
      const given = products.filter(({ code }) => row.products.includes(code));
      const lots = await this.stock.lots(ctx, work, session.facilityId);
      return {
        serverTime: ctx.now(),
        expiresAt: startOfDay(addTo(row.date, { months: 0, days: 1 }), ctx.tenant!.timeZone),
        date: row.date,
        people: await this.people(ctx, work, session, items),
        endCursor,
        products: productsFor(
          ctx,
          programme,
          given.map(({ vaccine }) => vaccine),
        ).filter(({ code }) => row.products.includes(code)),
        lots: lots
          .filter(
            lot => row.products.includes(lot.productCode) && !refusalToDraw(lot, 1, row.date, ctx.now()),
          )
          .map(lot => ({ ...lot, lotId: lot.id })),
        schedule: { code: schedule.code, version: schedule.version, json: JSON.stringify(schedule) },
      };
    });
  }

  private async people(
    ctx: Context,
    work: UnitOfWork,
    { facilityId, sessionId }: { facilityId: string; sessionId: string },
    expected: readonly Expected[],
  ): Promise<ExpectedPerson[]> {
    const ids = [...new Set(expected.map(({ personId }) => personId))];
    const persons = await this.persons.ofIds(work, ids);
    const histories = await this.store.historiesOf(work, ids);
    for (const personId of ids)
      this.audit.record(ctx, work, {
        action: 'session.pack',
        resource: { type: 'session', id: sessionId },
        personId,
        facilityId,
      });
    return expected.flatMap(({ personId, products, checkedIn }) => {
      const person = persons.get(personId);
      if (!person || person.status === 'deceased') return [];
      const { name, birthDate, birthDatePrecision, sex } = person;
      const doses = histories
        .get(personId)!
        .doses.map(({ vaccineCode, givenOn }) => ({ vaccineCode, givenOn }));
      return [{ personId, name, birthDate, birthDatePrecision, sex, products, checkedIn, doses }];
    });
  }
}
