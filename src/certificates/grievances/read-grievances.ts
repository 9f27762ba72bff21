import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { type Page, pageOf, type PageRequest } from '../../common';
import { Places } from '../../facilities';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Looks, mayFor, PersonKeys, Persons, writeBirthDate } from '../../registry';
import { answerPlace, casePlace } from '../sealed-place';
import type { GrievanceCase, GrievanceRow } from './grievance';
import { Grievance } from './grievance.graphql';
import { GrievancesStore } from './grievances.store';

const DECIDE = 'certificate.decide-grievance';

/** What people asked to have put right: for themselves, and for those who decide it. */
@Injectable()
export class ReadGrievances {
  constructor(
    private readonly database: Database,
    private readonly store: GrievancesStore,
    private readonly persons: Persons,
    private readonly looks: Looks,
    private readonly places: Places,
    private readonly keys: PersonKeys,
    private readonly audit: AuditTrail,
  ) {}

  /** Every case of a person, newest first. Throws NOT_FOUND for a person who is not the caller's to see. */
  async ofPerson(ctx: Context, personId: string): Promise<Grievance[]> {
    await this.looks.known(ctx, [DECIDE], [personId]);
    return this.database.read(ctx, async work => {
      const person = await this.persons.byId(ctx, work, personId);
      mayFor(ctx, ['certificate.raise-grievance-own', DECIDE], person);
      this.look(ctx, work, { personId: person.id });
      return this.views(ctx, work, await this.store.ofPerson(work, person.id));
    });
  }

  /** Cases that a facility is to decide, oldest first. Each person whose case is shown is in the audit. */
  async openAt(ctx: Context, facilityId: string, page: PageRequest): Promise<Page<Grievance>> {
    mayAnywhere(ctx, DECIDE);
    const { items, endCursor } = await this.database.read(ctx, async work => {
      may(ctx, DECIDE, await this.places.of(work, facilityId));
      return pageOf(await this.store.openAt(work, facilityId, page), page.first, ({ id }) => id);
    });
    const personIds = items.map(({ personId }) => personId);
    await this.looks.known(ctx, [DECIDE], personIds);
    return this.database.read(ctx, async work => {
      // The case of somebody who was erased cannot be read any more, nor has it to be decided
      const people = await this.persons.ofIds(work, personIds);
      const shown = items.filter(({ personId }) => people.has(personId));
      for (const { personId } of shown) this.look(ctx, work, { personId, facilityId });
      return { items: await this.views(ctx, work, shown), endCursor };
    });
  }

  /** A case as its readers get it. For whoever has checked the permission. */
  async view(ctx: Context, work: UnitOfWork, row: GrievanceRow): Promise<Grievance> {
    const { evidence, note, ...facts } = await this.opened(ctx, work, row);
    const asked = Object.entries(facts).flatMap(([field, value]) =>
      value === null || value === undefined
        ? []
        : [{ field, value: typeof value === 'string' ? value : writeBirthDate(value) }],
    );
    const { id, personId, kind, facilityId, raisedAt, decidedAt, granted, sealedReason } = row;
    const answer =
      sealedReason && (await this.keys.openOne(ctx, work, personId, answerPlace(id), sealedReason));
    const state = granted === null ? 'WAITING' : granted ? 'GRANTED' : 'REFUSED';
    const view = {
      id,
      personId,
      kind,
      facilityId,
      raisedAt,
      decidedAt,
      evidence,
      note,
      asked,
      state,
      answer,
    };
    return Object.assign(new Grievance(), view);
  }

  async opened(
    ctx: Context,
    work: UnitOfWork,
    { personId, id, sealedCase }: GrievanceRow,
  ): Promise<GrievanceCase> {
    const text = await this.keys.openOne(ctx, work, personId, casePlace(id), sealedCase);
    return JSON.parse(text) as GrievanceCase;
  }

  /** One after another: a unit of work has one connection. */
  private async views(ctx: Context, work: UnitOfWork, rows: readonly GrievanceRow[]): Promise<Grievance[]> {
    const views: Grievance[] = [];
    for (const row of rows) views.push(await this.view(ctx, work, row));
    return views;
  }

  private look(ctx: Context, work: UnitOfWork, at: { personId: string; facilityId?: string }): void {
    const resource = { type: 'grievance', id: null };
    this.audit.record(ctx, work, { action: 'certificate.read-grievances', resource, ...at });
  }
}
