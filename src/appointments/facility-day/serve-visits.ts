import { Injectable } from '@nestjs/common';
import { byOurClock } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import type { Refusal } from '../../platform/graphql';
import { MoveVisits, type NewStep } from './move-visits';
import { QueueStore, type VisitRow } from './queue.store';

/** Which visitors, and when it was if that is told later: `at` and `deviceTime` by the device's own clock. */
export interface Serving {
  facilityId: string;
  visitIds: readonly string[];
  at?: Date | null;
  deviceTime?: Date | null;
}

/** When something was done by our clock, and whether we only hear of it now. */
export interface Told {
  at: Date;
  late: boolean;
}

/** What the verbs at a desk have in common: all of the visitors that they name, or none. */
@Injectable()
export class ServeVisits {
  constructor(
    private readonly database: Database,
    private readonly places: Places,
    private readonly store: QueueStore,
    private readonly move: MoveVisits,
  ) {}

  /**
   * Takes the steps that `decide` says for each, when it refuses none. Throws NOT_FOUND when one of them is no visit
   * there, INVALID_INPUT for a time in the future or without the clock that it was read from.
   */
  run<No extends Refusal>(
    ctx: Context,
    input: Serving,
    decide: (work: UnitOfWork, visit: VisitRow, told: Told) => Promise<readonly NewStep[] | No>,
  ): Promise<VisitRow[] | No> {
    mayAnywhere(ctx, 'queue.serve');
    return this.database.write(ctx, async work => {
      may(ctx, 'queue.serve', await this.places.of(work, input.facilityId));
      const told = toldOf(ctx, input);
      const ids = [...new Set(input.visitIds.map(id => id.toLowerCase()))];
      const visits = await this.store.toChange(work, input.facilityId, ids);
      if (visits.length < ids.length) throw notFound();
      const moves = [];
      for (const visit of visits) {
        const steps = await decide(work, visit, told);
        if ('message' in steps) return steps;
        moves.push({ ctx, visit, steps });
      }
      const moved = await this.move.run(work, moves);
      return moved.sort((one, other) => one.ticket - other.ticket);
    });
  }
}

function toldOf(ctx: Context, { at, deviceTime }: Serving): Told {
  if (!at) return { at: ctx.now(), late: false };
  if (!deviceTime) throw invalid('deviceTime', 'appointments.fault.deviceTime');
  const ours = byOurClock(at, deviceTime, ctx.now());
  if (ours > ctx.now()) throw invalid('at', 'validation.dateInFuture');
  return { at: ours, late: true };
}
