import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import { Texts } from '../../platform/i18n';
import type { BirthDate } from '../birth-date-rules';
import { MatchStore } from '../matching/match.store';
import { readPersonCode } from '../person-code-rules';
import type { Person } from '../person.graphql';
import { PersonViews } from '../reading/person-views';
import { PersonsStore, type Relation } from '../persons.store';
import { personChanged } from '../registry.events';
import { TooManyPeople } from '../registry.refusals';

/** A citizen proves, by the code on the card and the birth date, that a registered person is one of her people. */
@Injectable()
export class LinkPerson {
  constructor(
    private readonly database: Database,
    private readonly store: PersonsStore,
    private readonly matches: MatchStore,
    private readonly views: PersonViews,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly texts: Texts,
  ) {}

  /** Throws INVALID_INPUT for what cannot be a code; NOT_FOUND alike for an unknown code and another birth date. */
  run(
    ctx: Context,
    input: { code: string; birthDate: BirthDate; relation: Relation },
  ): Promise<Person | TooManyPeople> {
    may(ctx, 'person.register-own', ctx.actor.id ? { accountId: ctx.actor.id } : {});
    const code = readPersonCode(input.code);
    if (!code) throw invalid('code', 'registry.invalid.code');
    const accountId = ctx.actor.id!;
    return this.database.write(ctx, async work => {
      await this.matches.lock(work, [accountId]);
      const personId = await this.store.personIdOfCode(work, code);
      const person = personId ? await this.store.person(work, personId) : null;
      if (!person || !isSameDate(person, input.birthDate)) throw notFound();
      const { peoplePerAccount: limit } = await this.matches.rules(work);
      const isNew = !person.accountIds.includes(accountId);
      if (isNew && (await this.store.countPeopleOf(work, accountId)) >= limit) {
        const message = this.texts.say(ctx, 'registry.refusal.tooManyPeople', { limit });
        return Object.assign(new TooManyPeople(), { message, limit });
      }
      await this.store.link(ctx, work, { personId: person.id, accountId, relation: input.relation });
      this.audit.record(ctx, work, {
        action: 'person.link',
        resource: { type: 'person', id: person.id },
        personId: person.id,
      });
      this.outbox.announce(ctx, work, personChanged, person.id, {
        personId: person.id,
        fields: ['accounts'],
      });
      return this.views.one(ctx, work, { ...person, relation: input.relation });
    });
  }

  /** The caller's account stops acting for a person, e.g. because a stranger was registered on its number. */
  unlink(ctx: Context, personId: string): Promise<boolean> {
    may(ctx, 'person.read-own', ctx.actor.id ? { accountId: ctx.actor.id } : {});
    return this.database.write(ctx, async work => {
      if (!(await this.store.unlink(work, personId, ctx.actor.id!))) throw notFound();
      this.audit.record(ctx, work, {
        action: 'person.unlink',
        resource: { type: 'person', id: personId },
        personId,
      });
      this.outbox.announce(ctx, work, personChanged, personId, { personId, fields: ['accounts'] });
      return true;
    });
  }
}

const isSameDate = (person: { birthDate: string; birthDatePrecision: string }, told: BirthDate): boolean =>
  person.birthDate === told.date && person.birthDatePrecision === told.precision;
