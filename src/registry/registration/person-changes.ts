import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { Outbox } from '../../platform/events';
import { ChangePerson, type ChangePersonInput } from './change-person';
import { Persons } from '../persons';
import { PersonsStore } from '../persons.store';
import { personChanged } from '../registry.events';

/** Where a member of staff stands who changes for whom an account acts. */
interface At {
  facilityId: string;
}

/**
 * Changes of a person's record, for modules that make them as a part of an act of their own. Each asks for
 * `person.change`.
 */
@Injectable()
export class PersonChanges {
  constructor(
    private readonly change: ChangePerson,
    private readonly persons: Persons,
    private readonly places: Places,
    private readonly store: PersonsStore,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** As {@link ChangePerson.run}; the id of the fact that it announces. */
  async correct(ctx: Context, work: UnitOfWork, input: ChangePersonInput): Promise<string> {
    return (await this.change.within(ctx, work, input)).factId;
  }

  /** An account acts for a person no more; false when it did not. */
  async unlink(
    ctx: Context,
    work: UnitOfWork,
    { facilityId }: At,
    { personId, accountId }: { personId: string; accountId: string },
  ): Promise<boolean> {
    may(ctx, 'person.change', await this.places.of(work, facilityId));
    if (!(await this.store.unlink(work, personId, accountId))) return false;
    this.told(ctx, work, 'person.unlink', { personId, facilityId });
    return true;
  }

  /**
   * The one account that acts for `toPersonId` acts for this person from now on, and no other does; false when there is not
   * just one, or it is the only one that does already.
   */
  async move(
    ctx: Context,
    work: UnitOfWork,
    { facilityId }: At,
    { personId, toPersonId }: { personId: string; toPersonId: string },
  ): Promise<boolean> {
    may(ctx, 'person.change', await this.places.of(work, facilityId));
    const person = await this.store.personToChange(work, personId);
    const { accountIds } = await this.persons.byId(ctx, work, toPersonId);
    const [accountId, ...others] = accountIds;
    const before = person?.accountIds ?? [];
    if (!accountId || others.length > 0 || (before.length === 1 && before[0] === accountId)) return false;
    for (const one of before) if (one !== accountId) await this.store.unlink(work, personId, one);
    if (!before.includes(accountId))
      await this.store.link(ctx, work, { personId, accountId, relation: 'other' });
    this.told(ctx, work, 'person.link', { personId, facilityId });
    return true;
  }

  /** Whose card has this code; null for nobody's. */
  async idOfCode(_ctx: Context, work: UnitOfWork, code: string): Promise<string | null> {
    return (await this.persons.idsOf(work, [code])).get(code) ?? null;
  }

  private told(
    ctx: Context,
    work: UnitOfWork,
    action: 'person.link' | 'person.unlink',
    at: { personId: string; facilityId: string },
  ): void {
    const { personId } = at;
    this.audit.record(ctx, work, { action, resource: { type: 'person', id: personId }, ...at });
    this.outbox.announce(ctx, work, personChanged, personId, { personId, fields: ['accounts'] });
  }
}
