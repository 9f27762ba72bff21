import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { isId } from '../common';
import type { Context } from '../platform/context';
import { Database, type FindAll, type UnitOfWork } from '../platform/database';
import { notFound } from '../platform/errors';
import { type Programme, Programmes } from '../programmes';
import { Looks, mayFor, type PersonRow, Persons } from '../registry';
import { Vaccination, type VaccinationHistory, VaccinationNotDone } from './vaccination.graphql';
import { type NotDoneRow, type ToldFact, VaccinationsStore } from './vaccinations.store';

/** FHIR Immunization.statusReason, in the codes of v3 ActReason (FHIR R4 value set immunization-status-reason). */
const STATUS_REASONS: Readonly<Record<string, string>> = {
  REFUSAL: 'PATOBJ',
  STOCK_OUT: 'OSTOCK',
  ILLNESS: 'MEDPREC',
  CONTRAINDICATION: 'MEDPREC',
};

/** Who somebody is, all facts about her doses, and the doses that were due and not given. */
interface Known {
  person: PersonRow;
  facts: readonly ToldFact[];
  notDone: NotDoneRow[];
}

/** What is recorded of a person's doses. */
@Injectable()
export class ReadVaccinations {
  constructor(
    private readonly database: Database,
    private readonly store: VaccinationsStore,
    private readonly persons: Persons,
    private readonly programmes: Programmes,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /** Without `replacedToo`, what is true now. Throws NOT_FOUND for somebody else's person, and as {@link Looks.count}. */
  async run(
    ctx: Context,
    { personId, replacedToo }: { personId: string; replacedToo: boolean },
  ): Promise<VaccinationHistory> {
    const programme = await this.programmes.current(ctx);
    const detail = await this.looks.known(ctx, ['vaccination.read'], [personId]);
    const key = personId.toLowerCase();
    return this.database.readTogether(ctx, { find: this.known, key }, (work, known) => {
      if (!known) throw notFound();
      const { person, facts, notDone } = known;
      mayFor(ctx, ['vaccination.read-own', 'vaccination.read'], person);
      this.audit.record(ctx, work, {
        action: 'vaccination.read',
        resource: { type: 'person', id: personId },
        personId,
        detail: { ...detail },
      });
      const doses = facts.filter(fact => replacedToo || isTrue(fact)).sort(byDay);
      return {
        doses: doses.map(dose => new Vaccination(ctx, programme, dose, facts)),
        notDone: notDone.map(asNotDone),
      };
    });
  }

  /** What is known of these people; one who is no person of this country has no entry. */
  private readonly known: FindAll<string, Known> = async (work, personIds) => {
    const ids = personIds.filter(isId);
    const [persons, facts, notDone] = await Promise.all([
      this.persons.ofIds(work, ids),
      this.store.factsAbout(work, ids),
      this.store.notDoneOf(work, ids),
    ]);
    const known = new Map<string, Known>();
    for (const [id, person] of persons) known.set(id, { person, facts: facts.get(id)!, notDone: [] });
    for (const row of notDone) known.get(row.personId)?.notDone.push(row);
    return known;
  };

  /** One fact, for the verb that has just made it. */
  async one(
    ctx: Context,
    work: UnitOfWork,
    programme: Programme,
    key: { personId: string; id: string },
  ): Promise<Vaccination> {
    return (await this.ofIds(work, [key.personId]))(ctx, programme, key.id);
  }

  /** {@link one} of many, read at once: the facts about these people, to be told one by one. */
  async ofIds(
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<(ctx: Context, programme: Programme, id: string) => Vaccination> {
    const facts = await this.store.factsAbout(work, personIds);
    const byId = new Map([...facts.values()].flat().map(fact => [fact.id, fact]));
    return (ctx, programme, id) => {
      const fact = byId.get(id);
      if (!fact) throw notFound();
      return new Vaccination(ctx, programme, fact, facts.get(fact.personId)!);
    };
  }
}

const isTrue = (fact: ToldFact): boolean => fact.kind !== 'void' && !fact.replaced;

const byDay = (a: ToldFact, b: ToldFact): number =>
  a.givenOn === b.givenOn ? (a.id < b.id ? -1 : 1) : a.givenOn < b.givenOn ? -1 : 1;

export const asNotDone = (row: NotDoneRow): VaccinationNotDone =>
  Object.assign(new VaccinationNotDone(), row, { statusReason: STATUS_REASONS[row.reason]! });
