import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords } from '../../localisation';
import { mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import type { BirthDate } from '../birth-date-rules';
import { CheckPerson, readIdentifier } from '../registration/check-person';
import { IdentifiersStore } from '../identifiers.store';
import type { Look } from '../looks/look';
import { Looks } from '../looks/looks';
import { type Asked, factsMatched, searchKeys } from '../matching/search-rules';
import { type MatchCandidate, MatchStore } from '../matching/match.store';
import { maskName } from './mask-rules';
import { readPersonCode } from '../person-code-rules';
import type { PersonFound } from '../person.graphql';
import { PersonViews } from './person-views';
import { PersonsStore } from '../persons.store';
import { StaffPlace } from '../staff-place';

export interface FindPersonsInput {
  facilityId: string;
  code?: string | null;
  name?: string | null;
  birthDate?: BirthDate | null;
  identifier?: { type: string; value: string } | null;
  phone?: string | null;
}

/** How many are shown: whoever has to choose among more needs another fact. */
const MOST_SHOWN = 10;

/**
 * A member of staff looks for a person by the code on her card or by at least two facts that match. Nobody is found by
 * a phone or an identifier alone; what is found is masked, and every person shown is in the audit trail.
 */
@Injectable()
export class FindPersons {
  constructor(
    private readonly database: Database,
    private readonly words: CountryWords,
    private readonly check: CheckPerson,
    private readonly staffPlace: StaffPlace,
    private readonly store: PersonsStore,
    private readonly identifiers: IdentifiersStore,
    private readonly matches: MatchStore,
    private readonly views: PersonViews,
    private readonly looks: Looks,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws INVALID_INPUT for fewer than two facts and no code, for a fact of a wrong form, and without a purpose; as
   * {@link Looks.count} does for more persons than a day allows, and RATE_LIMITED for more searches that met nobody.
   */
  async run(ctx: Context, input: FindPersonsInput): Promise<PersonFound[]> {
    mayAnywhere(ctx, 'person.find');
    const code = input.code ? readPersonCode(input.code) : null;
    if (input.code && !code) throw invalid('code', 'registry.invalid.code');
    const asked = await this.asked(ctx, input);
    if (!code && countOf(asked.facts) < 2) throw invalid('input', 'registry.invalid.twoFacts');
    const { at, found } = await this.database.read(ctx, async work => {
      await this.looks.maySearch(ctx, work);
      return {
        at: await this.staffPlace.of(ctx, work, 'person.find', input.facilityId),
        found: code ? await this.byCode(ctx, work, code) : await this.byFacts(ctx, work, asked),
      };
    });
    const mark = await this.looks.count(ctx, lookOf(at, found));
    if (at && found.length === 0) await this.looks.missed(ctx, at.facilityId);
    return this.database.read(ctx, async work => {
      const ids = found.length === 0 ? [null] : found.map(({ candidate }) => candidate.personId);
      for (const id of ids) {
        this.audit.record(ctx, work, {
          action: 'person.find',
          resource: { type: 'person', id },
          ...(id ? { personId: id } : {}),
          ...(at ? { facilityId: at.facilityId } : {}),
          detail: { by: code ? ['code'] : Object.keys(asked.facts), found: found.length, ...mark },
        });
      }
      return this.masked(ctx, work, found);
    });
  }

  private async asked(ctx: Context, input: FindPersonsInput): Promise<Sought> {
    const phone = await this.check.phoneOf(ctx, input);
    const told = input.identifier && readIdentifier(await this.words.profile(ctx), input.identifier, 0);
    const identifier = told && (await this.identifiers.indexOf(ctx, told.type, told.normalised));
    const phoneIndex = phone ? await this.identifiers.phoneIndexOf(ctx, phone) : null;
    return {
      facts: {
        ...(input.name ? { name: input.name } : {}),
        ...(input.birthDate ? { birth: input.birthDate } : {}),
        ...(identifier ? { identifier: identifier.newest } : {}),
        ...(phoneIndex ? { phone: phoneIndex.newest } : {}),
      },
      identifiers: identifier?.all ?? [],
      phones: phoneIndex?.all ?? [],
    };
  }

  private async byCode(ctx: Context, work: UnitOfWork, code: string): Promise<Found[]> {
    const personId = await this.store.personIdOfCode(work, code);
    const [candidate] = personId ? await this.matches.factsOf(ctx, work, [personId]) : [];
    return candidate ? [{ candidate, score: 1 }] : [];
  }

  private async byFacts(ctx: Context, work: UnitOfWork, sought: Sought): Promise<Found[]> {
    const { facts } = sought;
    const candidates = await this.matches.candidates(
      ctx,
      work,
      searchKeys(facts),
      sought.identifiers,
      sought.phones,
    );
    return candidates
      .map(candidate => ({ candidate, matched: factsMatched(facts, candidate) }))
      .filter(({ matched }) => matched.count >= 2)
      .sort((a, b) => b.matched.sum - a.matched.sum)
      .slice(0, MOST_SHOWN)
      .map(({ candidate, matched }) => ({ candidate, score: matched.sum / countOf(facts) }));
  }

  private async masked(ctx: Context, work: UnitOfWork, found: readonly Found[]): Promise<PersonFound[]> {
    const ids = found.map(({ candidate }) => candidate.personId);
    const identifiers = await this.views.identifiersOf(ctx, work, ids);
    return Promise.all(
      found.map(async ({ candidate, score }) => ({
        personId: candidate.personId,
        maskedName: maskName(candidate.name),
        birthYear: Number(candidate.birth.date.slice(0, 4)),
        sexText: await this.views.sexText(ctx, candidate.sex),
        identifiers: identifiers.get(candidate.personId) ?? [],
        score,
      })),
    );
  }
}

/** What is asked for, and the blind indexes under which it may be stored. */
interface Sought {
  facts: Asked;
  identifiers: readonly Buffer[];
  phones: readonly Buffer[];
}

interface Found {
  candidate: MatchCandidate;
  score: number;
}

const lookOf = (at: { facilityId: string } | undefined, found: readonly Found[]): Look | null =>
  at ? { facilityId: at.facilityId, personIds: found.map(({ candidate }) => candidate.personId) } : null;

const countOf = (asked: Asked): number => Object.keys(asked).length;
