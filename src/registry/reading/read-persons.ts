import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { Looks } from '../looks/looks';
import { StaffPlace } from '../staff-place';
import type { Person, PersonChange } from '../person.graphql';
import { PersonViews } from './person-views';
import { mayFor, Persons } from '../persons';
import { PersonsStore } from '../persons.store';

/** Opens persons' records; every one opened is in the audit trail. */
@Injectable()
export class ReadPersons {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly store: PersonsStore,
    private readonly staffPlace: StaffPlace,
    private readonly views: PersonViews,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /** The people whom the calling citizen's account acts for, first linked first. */
  mine(ctx: Context): Promise<Person[]> {
    may(ctx, 'person.read-own', ctx.actor.id ? { accountId: ctx.actor.id } : {});
    return this.database.read(ctx, async work => {
      const people = await this.persons.peopleOf(ctx, work, ctx.actor.id!);
      for (const { id } of people) {
        this.audit.record(ctx, work, {
          action: 'person.read-own',
          resource: { type: 'person', id },
          personId: id,
        });
      }
      return this.views.of(ctx, work, people);
    });
  }

  /**
   * One person: a citizen's own, or any for staff who say where they stand and why. Throws NOT_FOUND alike for a
   * missing person and for somebody else's, INVALID_INPUT for staff who state no purpose, as {@link Looks.count} does for
   * more persons than a day allows.
   */
  async one(ctx: Context, input: { personId: string; facilityId?: string | null }): Promise<Person> {
    const permission = ctx.actor.kind === 'citizen' ? 'person.read-own' : 'person.read';
    mayAnywhere(ctx, permission);
    const { at, person } = await this.database.read(ctx, async work => {
      const at = await this.staffPlace.of(ctx, work, permission, input.facilityId);
      const person = await this.persons.byId(ctx, work, input.personId);
      mayFor(ctx, permission, person, at);
      return { at, person };
    });
    const detail = await this.looks.count(
      ctx,
      at ? { facilityId: at.facilityId, personIds: [person.id] } : null,
    );
    return this.database.read(ctx, async work => {
      this.audit.record(ctx, work, {
        action: permission,
        resource: { type: 'person', id: person.id },
        personId: person.id,
        ...(at ? { facilityId: at.facilityId } : {}),
        detail: { ...detail },
      });
      return this.views.one(ctx, work, person);
    });
  }

  /** What was corrected of a person, newest first: which facts, when and why, never their values. */
  changes(ctx: Context, person: Pick<Person, 'id'>): Promise<PersonChange[]> {
    return this.database.read(ctx, work => this.store.changes(work, person.id));
  }
}
