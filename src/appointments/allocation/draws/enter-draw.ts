import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { networkOf } from '../../../common';
import { Places, type SessionRow, SessionsStore } from '../../../facilities';
import type { Context } from '../../../platform/context';
import { Database, orRefusal, Refused, type UnitOfWork } from '../../../platform/database';
import { AppError, invalid, notFound } from '../../../platform/errors';
import { Texts } from '../../../platform/i18n';
import { type PriorityGroup, Programmes } from '../../../programmes';
import { latestBirthDate, mayFor, type PersonRecord, Persons } from '../../../registry';
import { TenantKeys } from '../../../tenancy';
import type { Born } from '../../appointment-rules';
import {
  NotOpenYet,
  type SessionCancelled,
  type SessionOver,
  type TooYoungOrOld,
} from '../../appointments.refusals';
import { bookingPermission, Seating } from '../../booking/seating';
import { announcementOf } from './draw-files';
import type { DrawEntryView, EnterDrawGraphqlInput } from './draw.graphql';
import { type CapOn, CAPPED, type Stream } from './draw-rules';
import { entryView } from './draw-view';
import { EnteringNotOpen, EnteringOver } from './draws.refusals';
import { type DrawRow, DrawsStore } from './draws.store';
import { OfferPlaces } from './offer-places';
import { rankOf } from './priority-rules';

type Refusals = EnteringNotOpen | EnteringOver | SessionOver | SessionCancelled | TooYoungOrOld;

/** Somebody wants one of the places. Entered once, however often it is asked; when makes no difference in a lottery. */
@Injectable()
export class EnterDraw {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly seating: Seating,
    private readonly store: DrawsStore,
    private readonly offers: OfferPlaces,
    private readonly keys: TenantKeys,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND for a draw that is not there or a person whom the caller may not act for, INVALID_INPUT. */
  async run(ctx: Context, input: EnterDrawGraphqlInput): Promise<DrawEntryView | Refusals> {
    bookingPermission(ctx);
    // Before the transaction: a crowd that holds a connection each must not wait for another.
    const groups = await this.programmes.priorityGroups(ctx);
    const answer = await orRefusal<DrawRow, Refusals>(() =>
      this.database.write(ctx, work => this.enter(ctx, work, input, groups)),
    );
    if (!('announcement' in answer)) return answer;
    if (answer.policy === 'FIRST_COME') await this.offers.run(ctx, answer);
    return this.database.read(ctx, async work =>
      entryView((await this.store.ofPerson(work, answer, input.personId))!),
    );
  }

  private async enter(
    ctx: Context,
    work: UnitOfWork,
    input: EnterDrawGraphqlInput,
    groups: readonly PriorityGroup[],
  ): Promise<DrawRow> {
    const draw = await this.store.draw(work, input);
    if (!draw) throw notFound();
    const session = (await this.sessions.session(work, draw.facilityId, draw.sessionId))!;
    const { person, born, stream } = await this.who(ctx, work, input, session);
    if (await this.store.ofPerson(work, draw, person.id)) return draw;
    const guest = { personId: person.id, products: [], vaccines: [], doseNumber: null, born };
    const refusal = this.notOpen(ctx, draw, session) ?? this.seating.wrongAge(ctx, session, [guest]);
    if (refusal) throw new Refused(refusal);
    // Who comes first is served first: then they come one by one.
    if (!(await this.store.gate(work, draw, draw.policy === 'FIRST_COME' ? 'to change' : 'to enter')))
      throw new Refused(this.over(ctx, draw));
    const id = ctx.newId();
    await this.store.enter(
      work,
      {
        id,
        facilityId: draw.facilityId,
        drawId: draw.drawId,
        personId: person.id,
        stream,
        products: [...new Set(input.products)].sort(),
        accountId: stream === 'OWN' ? ctx.actor.id : null,
        language: ctx.languages[0]!,
        rank: isRanked(draw)
          ? rankOf(groups, { born, sex: person.sex, attested: input.attestedGroups ?? [] }, session.date)
          : null,
        ...(await this.tags(ctx, draw, stream, input)),
      },
      ctx.now(),
    );
    if (draw.policy === 'FIRST_COME') await this.store.queue(work, draw, [id]);
    this.audit.record(ctx, work, {
      action: 'draw.enter',
      resource: { type: 'draw', id: draw.drawId },
      personId: person.id,
      facilityId: draw.facilityId,
    });
    return draw;
  }

  private async who(
    ctx: Context,
    work: UnitOfWork,
    input: EnterDrawGraphqlInput,
    session: SessionRow,
  ): Promise<{ person: PersonRecord; born: Born; stream: Stream }> {
    const permission = bookingPermission(ctx);
    const stream = permission === 'appointment.book-own' ? 'OWN' : 'ASSISTED';
    const person = await this.persons.byId(ctx, work, input.personId);
    mayFor(ctx, permission, person, await this.places.of(work, session.facilityId));
    if (person.status === 'deceased') throw new AppError('STATE_FORBIDS', { state: person.status });
    if (input.products.some(code => !session.products.includes(code)))
      throw invalid('products', 'appointments.fault.notGiven', { products: session.products.join(', ') });
    if (stream === 'OWN' && (input.attestedGroups ?? []).length > 0)
      throw invalid('attestedGroups', 'appointments.draw.fault.attested');
    const latest = latestBirthDate({ date: person.birthDate, precision: person.birthDatePrecision });
    return { person, stream, born: { earliest: person.birthDate, latest } };
  }

  private notOpen(ctx: Context, draw: DrawRow, session: SessionRow): Refusals | null {
    const notBookable = this.seating.notBookable(ctx, session);
    if (notBookable && !(notBookable instanceof NotOpenYet)) return notBookable;
    if (draw.closedAt || ctx.now() >= draw.entriesUntil) return this.over(ctx, draw);
    const message = this.texts.say(ctx, 'appointments.draw.notOpen');
    return ctx.now() < draw.entriesFrom
      ? Object.assign(new EnteringNotOpen(), { message, entriesFrom: draw.entriesFrom })
      : null;
  }

  private over(ctx: Context, { entriesUntil }: DrawRow): EnteringOver {
    const message = this.texts.say(ctx, 'appointments.draw.over');
    return Object.assign(new EnteringOver(), { message, entriesUntil });
  }

  /** Known only where it counts: what a list does not need it does not have. */
  /** Staff's desks, devices and networks are many people's: no tag is kept of them, and no cap looks. */
  private async tags(
    ctx: Context,
    { drawId }: DrawRow,
    stream: Stream,
    { device }: EnterDrawGraphqlInput,
  ): Promise<Record<CapOn, string>> {
    const network = networkOf(ctx.address) ?? '';
    const own = { account: ctx.actor.id ?? '', device: device ?? '', network };
    const tags = await Promise.all(
      CAPPED.map(async on => {
        if (stream === 'ASSISTED' || own[on] === '') return [on, ''];
        const { first } = await this.keys.blindIndex(ctx, 'draw-tag', `${drawId} ${on} ${own[on]}`);
        return [on, first.toString('hex').slice(0, 20)];
      }),
    );
    return Object.fromEntries(tags) as Record<CapOn, string>;
  }
}

/** Whether the rank of a priority group counts in a draw. */
const isRanked = ({ policy, announcement }: DrawRow): boolean =>
  policy.startsWith('RANK') || announcementOf(announcement).reserved.some(part => part.for === 'PRIORITY');
