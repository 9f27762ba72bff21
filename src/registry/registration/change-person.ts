import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isId } from '../../common';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { Outbox } from '../../platform/events';
import type { BirthDate } from '../birth-date-rules';
import { CheckPerson } from './check-person';
import { matchKeys } from '../matching/duplicate-rules';
import { MatchStore } from '../matching/match.store';
import type { Person } from '../person.graphql';
import { PersonViews } from '../reading/person-views';
import { type PersonFacts, type PersonRow, PersonsStore, type PersonStatus } from '../persons.store';
import { personChanged } from '../registry.events';
import { StaffPlace } from '../staff-place';

export interface ChangePersonInput {
  personId: string;
  facilityId: string;
  reason: string;
  name?: string | null;
  birthDate?: BirthDate | null;
  sex?: string | null;
  areaId?: string | null;
  language?: string | null;
  accessNeeds?: string[] | null;
  status?: PersonStatus | null;
}

/** A member of staff corrects what is known of a person. What it was before is kept. */
@Injectable()
export class ChangePerson {
  constructor(
    private readonly database: Database,
    private readonly check: CheckPerson,
    private readonly staffPlace: StaffPlace,
    private readonly store: PersonsStore,
    private readonly matches: MatchStore,
    private readonly views: PersonViews,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
  ) {}

  /** Throws NOT_FOUND for no such person, INVALID_INPUT for facts that the country's forms do not take or no purpose. */
  run(ctx: Context, input: ChangePersonInput): Promise<Person> {
    mayAnywhere(ctx, 'person.change');
    return this.database.write(ctx, async work => (await this.within(ctx, work, input)).person);
  }

  /** {@link run} in a unit of work of the caller's; with the id of the fact that it announces. */
  async within(
    ctx: Context,
    work: UnitOfWork,
    input: ChangePersonInput,
  ): Promise<{ person: Person; factId: string }> {
    const at = await this.staffPlace.of(ctx, work, 'person.change', input.facilityId);
    const person = isId(input.personId) ? await this.store.personToChange(work, input.personId) : null;
    if (!person) throw notFound();
    const corrected = correctedBy(person, input);
    const fields = FIELDS.filter(field => String(person[field]) !== String(corrected[field]));
    if (fields.length === 0) throw invalid('input', 'registry.invalid.nothingChanged');
    const birth = { date: corrected.birthDate, precision: corrected.birthDatePrecision };
    await this.check.facts(ctx, { ...corrected, birthDate: birth });
    await this.check.references(ctx, work, corrected);
    await this.store.change(ctx, work, person.id, corrected, {
      fields: [...fields].sort(),
      before: pick(person, fields),
      after: pick(corrected, fields),
      reason: input.reason,
    });
    await this.matches.file(work, person.id, matchKeys({ name: corrected.name, birth }));
    this.audit.record(ctx, work, {
      action: 'person.change',
      resource: { type: 'person', id: person.id },
      personId: person.id,
      ...(at ? { facilityId: at.facilityId } : {}),
      detail: { fields },
    });
    const fact = { personId: person.id, fields };
    const factId = this.outbox.announce(ctx, work, personChanged, person.id, fact);
    return { person: await this.views.one(ctx, work, { ...person, ...corrected }), factId };
  }
}

const FIELDS = [
  'name',
  'birthDate',
  'birthDatePrecision',
  'sex',
  'areaId',
  'language',
  'accessNeeds',
  'status',
] as const satisfies readonly (keyof PersonFacts)[];

/** The person's facts with those that were told anew. Parts of a name that has changed are no longer its parts. */
function correctedBy(person: PersonRow, input: ChangePersonInput): PersonFacts {
  const name = input.name?.trim() ?? person.name;
  return {
    name,
    nameParts: name === person.name ? person.nameParts : null,
    birthDate: input.birthDate?.date ?? person.birthDate,
    birthDatePrecision: input.birthDate?.precision ?? person.birthDatePrecision,
    sex: input.sex ?? person.sex,
    areaId: input.areaId ?? person.areaId,
    language: input.language ?? person.language,
    accessNeeds: input.accessNeeds ?? person.accessNeeds,
    status: input.status ?? person.status,
  };
}

const pick = (facts: PersonFacts, fields: readonly (keyof PersonFacts)[]): object =>
  Object.fromEntries(fields.map(field => [field, facts[field]]));
