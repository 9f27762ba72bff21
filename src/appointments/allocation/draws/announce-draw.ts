import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { Places, SessionPlaces, type SessionRow, SessionsStore } from '../../../facilities';
import { may, mayAnywhere } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import { Database, type UnitOfWork } from '../../../platform/database';
import { invalid, notFound } from '../../../platform/errors';
import { Texts } from '../../../platform/i18n';
import { TenantKeys } from '../../../tenancy';
import { freeIn, openPoolFor } from '../../appointment-rules';
import { NotOpenYet, type SessionCancelled, type SessionOver } from '../../appointments.refusals';
import { Seating } from '../../booking/seating';
import { announcementText } from './draw-files';
import type { AnnounceDrawGraphqlInput, Draw } from './draw.graphql';
import { sha256 } from './draw-rules';
import { drawView } from './draw-view';
import { DrawAnnounced, PlacesNotFree } from './draws.refusals';
import { type DrawRow, DrawsStore } from './draws.store';

type Refusals = PlacesNotFree | DrawAnnounced | SessionOver | SessionCancelled;

/**
 * Says how the places of a session will be given out, before anybody enters. The places leave the counter that anybody
 * books from; the seed is drawn and sealed, and its hash is public from now on. What is announced cannot be changed:
 * the service's own login has no right to.
 */
@Injectable()
export class AnnounceDraw {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly sessions: SessionsStore,
    private readonly counters: SessionPlaces,
    private readonly seating: Seating,
    private readonly store: DrawsStore,
    private readonly keys: TenantKeys,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** Throws NOT_FOUND, INVALID_INPUT. */
  run(ctx: Context, input: AnnounceDrawGraphqlInput): Promise<Draw | Refusals> {
    mayAnywhere(ctx, 'session.change');
    const announcedAt = ctx.now();
    const times = { announcedAt, entriesFrom: input.entriesFrom ?? announcedAt };
    refuseFaults(input, times);
    return this.database.write(ctx, async work => {
      may(ctx, 'session.change', await this.places.of(work, input.facilityId));
      if (!(await this.sessions.session(work, input.facilityId, input.sessionId))) throw notFound();
      await this.counters.lock(work, [input]);
      const session = (await this.sessions.session(work, input.facilityId, input.sessionId))!;
      const refusal = await this.refusal(ctx, work, session, input);
      if (refusal) return refusal;
      const draw = await this.announce(ctx, work, session, { ...input, ...times });
      this.audit.record(ctx, work, {
        action: 'draw.announce',
        resource: { type: 'draw', id: draw.drawId },
        facilityId: draw.facilityId,
        detail: { policy: draw.policy, places: input.places },
      });
      return drawView(draw, 0);
    });
  }

  private async refusal(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    input: AnnounceDrawGraphqlInput,
  ): Promise<Refusals | null> {
    const say = (key: string): { message: string } => ({
      message: this.texts.say(ctx, `appointments.draw.${key}`),
    });
    const notBookable = this.seating.notBookable(ctx, session);
    if (notBookable && !(notBookable instanceof NotOpenYet)) return notBookable;
    const known = await this.store.ofSession(work, input);
    if (known) return Object.assign(new DrawAnnounced(), say('announced'), { drawId: known.drawId });
    const free = freeIn(counterOf(session, input));
    return free < input.places ? Object.assign(new PlacesNotFree(), say('placesNotFree'), { free }) : null;
  }

  private async announce(
    ctx: Context,
    work: UnitOfWork,
    session: SessionRow,
    input: AnnounceDrawGraphqlInput & Times,
  ): Promise<DrawRow> {
    const { facilityId, sessionId, policy, places, announcedAt, entriesFrom, entriesUntil, drawnFrom } =
      input;
    const { pool, capacity } = counterOf(session, input);
    await this.sessions.resize(work, facilityId, sessionId, pool, capacity - places);
    await this.sessions.resize(work, facilityId, sessionId, 'drawn', places);
    const seed = randomBytes(32);
    const drawId = ctx.newId();
    const seedCommitment = sha256(seed);
    const announcement = announcementText({
      draw: drawId,
      facility: facilityId,
      session: sessionId,
      policy,
      places,
      reserved: input.reserved.map(part => ({ for: part.for, places: part.places })),
      caps: {
        account: input.caps.account ?? null,
        device: input.caps.device ?? null,
        network: input.caps.network ?? null,
      },
      entriesFrom: entriesFrom.toISOString(),
      entriesUntil: entriesUntil.toISOString(),
      drawnFrom: drawnFrom.toISOString(),
      confirmWithinSeconds: input.confirmWithinSeconds,
      publicValue: input.publicValue ?? null,
      seedCommitment,
    });
    const draw = {
      facilityId,
      drawId,
      sessionId,
      policy,
      pool,
      entriesFrom,
      entriesUntil,
      drawnFrom,
      announcement,
      seedCommitment: Buffer.from(seedCommitment, 'hex'),
      seedSealed: await this.keys.seal(ctx, seedAt(drawId), seed.toString('hex')),
      announcedAt,
    };
    await this.store.announce(work, draw);
    return { ...draw, closedAt: null, overAt: null, entries: null, entriesHash: null, result: null };
  }
}

/** Where a seed is sealed: it opens in its own row only. */
export const seedAt = (drawId: string) => ({ table: 'draw', column: 'seed_sealed', row: drawId });

/** The counter that the places are taken from. Throws INVALID_INPUT when the session counts by dose and none was said. */
function counterOf(
  session: SessionRow,
  { doseNumber }: AnnounceDrawGraphqlInput,
): SessionRow['pools'][number] {
  const pool = openPoolFor(session.pools, doseNumber ?? null);
  const counter = session.pools.find(each => each.pool === pool);
  if (!counter) throw invalid('doseNumber', 'appointments.fault.doseNumber');
  return counter;
}

interface Times {
  announcedAt: Date;
  entriesFrom: Date;
}

function refuseFaults(input: AnnounceDrawGraphqlInput, { announcedAt, entriesFrom }: Times): void {
  const { entriesUntil, drawnFrom, reserved, places, policy, publicValue } = input;
  const inOrder = announcedAt <= entriesFrom && entriesFrom < entriesUntil && entriesUntil <= drawnFrom;
  if (!inOrder) throw invalid('entriesFrom', 'appointments.draw.fault.times');
  if (reserved.reduce((sum, part) => sum + part.places, 0) > places)
    throw invalid('reserved', 'appointments.draw.fault.reserved');
  if (publicValue && policy !== 'LOTTERY' && policy !== 'RANK_THEN_LOT')
    throw invalid('publicValue', 'appointments.draw.fault.noLots');
}
