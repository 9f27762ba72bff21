import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { EpcisFault } from '../../codecs/epcis';
import { validateDocument } from '../../codecs/epcis';
import { PartnerChecks } from '../../identity';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { notFound } from '../../platform/errors';
import { countOf, type Json, readEvents } from './document-rules';
import { EpcisProblem } from './epcis-problems';
import { MOST_EVENTS } from './epcis-http';
import { eventsCaptured } from './epcis.events';
import { type CaptureRow, EpcisStore, type EventRow } from './epcis.store';
import { mayOwn } from './events-owner';

/** What to do with the good events of a document that has bad ones (`GS1-Capture-Error-Behaviour`). */
export type CaptureBehaviour = CaptureRow['behaviour'];

/**
 * Takes events in. The document is checked whole before anything is kept: by `rollback` one fault keeps all of it out, by
 * `proceed` the good events are kept and the job says what was wrong with the others. An event that says what a kept one
 * says is not kept twice, by its hash.
 */
@Injectable()
export class CaptureEvents {
  constructor(
    private readonly database: Database,
    private readonly store: EpcisStore,
    private readonly checks: PartnerChecks,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** The job, which is over when it is answered. Throws ValidationException with where each fault is. */
  async run(ctx: Context, document: unknown, behaviour: CaptureBehaviour): Promise<CaptureRow> {
    const owner = mayOwn(ctx, 'event.capture');
    if (countOf(document) > MOST_EVENTS) throw new EpcisProblem('CaptureLimitExceededException');
    const faults = validateDocument(document);
    if (faults.length > 0 && (behaviour === 'rollback' || !isOfEvents(faults)))
      return this.refuse(ctx, faults);
    const read = readEvents(document as Json);
    if (read.faults.length > 0 && behaviour === 'rollback') return this.refuse(ctx, read.faults);
    const at = ctx.now();
    const job = { id: ctx.newId(), createdAt: at, finishedAt: at, behaviour, errors: read.faults };
    await this.database.write(ctx, async work => {
      const events = read.events.map(event => ({ ...event, id: ctx.newId() }));
      const kept = await this.store.add(work, owner, events, { id: job.id, at });
      await this.store.addCapture(work, owner, job);
      await this.checks.shown(ctx, work, events.length > 0 ? 'EVENTS_CAPTURED' : 'EVENTS_REFUSED');
      this.audit.record(ctx, work, {
        action: 'event.capture',
        resource: { type: 'epcis-capture', id: job.id },
        detail: { kept, left: read.faults.length, trial: owner.trial },
      });
      if (owner.trial) return;
      const fact = { partnerId: owner.partnerId, captureId: job.id, events: kept };
      this.outbox.announce(ctx, work, eventsCaptured, owner.partnerId, fact);
    });
    return job;
  }

  /**
   * One event on its own. Throws as {@link run}, and ResourceAlreadyExistsException when one that says the same is
   * kept.
   */
  async one(ctx: Context, event: unknown): Promise<string> {
    const owner = mayOwn(ctx, 'event.capture');
    if (countOf(event) !== 1 || (event as Json | null)?.epcisBody !== undefined)
      return this.refuse(ctx, [{ at: '', message: 'is not a single event' }]);
    const faults = validateDocument(event);
    if (faults.length > 0) return this.refuse(ctx, faults);
    const { hash, eventId } = readEvents(event as Json).events[0] ?? { hash: '', eventId: null };
    const known = await this.database.read(ctx, work => this.store.event(work, owner, hash));
    if (known) throw new EpcisProblem('ResourceAlreadyExistsException');
    await this.run(ctx, event, 'rollback');
    return eventId ?? hash;
  }

  /** A job of the caller's. Throws NOT_FOUND. */
  async job(ctx: Context, id: string): Promise<CaptureRow> {
    const owner = mayOwn(ctx, 'event.capture');
    const job = await this.database.read(ctx, work => this.store.capture(work, owner, id));
    if (!job) throw notFound();
    return job;
  }

  /** The caller's jobs, newest first, those before `before`. */
  jobs(ctx: Context, before: string | null, most: number): Promise<CaptureRow[]> {
    const owner = mayOwn(ctx, 'event.capture');
    return this.database.read(ctx, work => this.store.captures(work, owner, before, most));
  }

  /** By its own id, or by its hash. Throws NOT_FOUND. */
  async event(ctx: Context, id: string): Promise<EventRow> {
    const owner = mayOwn(ctx, 'event.read');
    const row = id.includes('\0')
      ? null
      : await this.database.read(ctx, work => this.store.event(work, owner, id));
    if (!row) throw notFound();
    return row;
  }

  /** That a partner was told where its events are wrong is something it shows in its sandbox. */
  private async refuse(ctx: Context, faults: readonly EpcisFault[]): Promise<never> {
    await this.database.write(ctx, work => this.checks.shown(ctx, work, 'EVENTS_REFUSED'));
    throw new EpcisProblem('ValidationException', faults);
  }
}

/** Whether only events are wrong, and the document that brings them is right. */
const isOfEvents = (faults: readonly EpcisFault[]): boolean =>
  faults.every(({ at }) => /eventList\/\d/.test(at));
