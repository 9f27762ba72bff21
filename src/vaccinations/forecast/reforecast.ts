import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { FactListeners } from '../../platform/events';
import { type JobPart, Jobs, type SliceDone } from '../../platform/jobs';
import { programmeCameIntoForce } from '../../programmes';
import { PeopleToPlan, personChanged, personRegistered } from '../../registry';
import { doseCorrected, doseRecorded, doseVoided } from '../vaccinations.events';
import { ForecastsStore } from './forecasts.store';
import { KeepForecasts } from './keep-forecasts';
import { planCountry, type Stretch } from './plan-country';

/** The job: everybody's forecast made anew, or that of those whose day has come. */
const COUNTRY = 'vaccinations.reforecast-country';
const DUE = 'vaccinations.reforecast-due';

/** Persons looked at in a slice, and at the most forecast in one. */
const LOOK = 500;
const SLICE = 250;

/**
 * Keeps forecasts up to date: one person's when a fact about her comes, a country's as a job when its programme
 * changes, and each night those that time alone may have changed.
 */
@Injectable()
export class Reforecast implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: ForecastsStore,
    private readonly keep: KeepForecasts,
    private readonly people: PeopleToPlan,
    private readonly listeners: FactListeners,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    for (const fact of [doseRecorded, doseCorrected, doseVoided, personRegistered, personChanged])
      this.listeners.on<{ personId: string }>(fact, (ctx, { payload }) => this.one(ctx, payload.personId));
    this.listeners.on(programmeCameIntoForce, (ctx, { id }) => this.ask(ctx, COUNTRY, id));
    const job = {
      plan: (ctx: Context, work: UnitOfWork) => this.plan(ctx, work),
      slice: (ctx: Context, work: UnitOfWork, { cursor }: { cursor: Stretch }) =>
        this.slice(ctx, work, cursor),
    };
    this.jobs.on(COUNTRY, job);
    this.jobs.on(DUE, { ...job, daily: true });
  }

  private one(ctx: Context, personId: string): Promise<void> {
    return this.database.writeEvenIfSuspended(ctx, work => this.keep.run(ctx, work, [personId]));
  }

  private async ask(ctx: Context, kind: string, key: string): Promise<void> {
    await this.database.writeEvenIfSuspended(ctx, work => this.jobs.request(ctx, work, kind, {}, key));
  }

  private async plan(ctx: Context, work: UnitOfWork): Promise<JobPart<Stretch>[]> {
    return (await this.keep.made(ctx, work)) ? planCountry(work, this.people) : [];
  }

  /** The next stale ones of a stretch. Those who are up to date are passed over, so that a second run costs little. */
  private async slice(
    ctx: Context,
    work: UnitOfWork,
    { after, until }: Stretch,
  ): Promise<SliceDone<Stretch>> {
    const made = await this.keep.made(ctx, work);
    const ids = made ? await this.people.idsAfter(work, { after, until }, LOOK) : [];
    if (!made || ids.length === 0) return { cursor: null, done: 0 };
    const stale = await this.store.stale(work, ids, { packId: made.programme.packId, on: made.on });
    const now = stale.slice(0, SLICE);
    await this.keep.run(ctx, work, now);
    const last = stale.length > SLICE ? now.at(-1)! : ids.at(-1)!;
    const isOver = last === ids.at(-1) && ids.length < LOOK;
    return { cursor: isOver ? null : { after: last, until }, done: ids.indexOf(last) + 1 };
  }
}
