import { Injectable } from '@nestjs/common';
import { civilDayOf, isId } from '../../common';
import { Places } from '../../facilities';
import {
  checkIdentifier,
  type CountryProfile,
  CountryWords,
  LocalisationStore,
  normalisePhone,
} from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { type BirthDate, birthDateFault } from '../birth-date-rules';
import { IdentifiersStore, type IndexedIdentifier, type IndexedPhone } from '../identifiers.store';
import type { MatchFacts } from '../matching/duplicate-rules';
import type { PersonFacts } from '../persons.store';

/** Facts of a person as somebody told them. */
export interface ToldFacts {
  name: string;
  birthDate: BirthDate;
  sex: string;
  areaId?: string | null;
  language?: string | null;
  identifiers?: readonly { type: string; value: string }[] | null;
  phone?: string | null;
}

/** Holds what is told of a person against her country's own forms. */
@Injectable()
export class CheckPerson {
  constructor(
    private readonly words: CountryWords,
    private readonly places: Places,
    private readonly localisation: LocalisationStore,
    private readonly identifiers: IdentifiersStore,
  ) {}

  /** Throws INVALID_INPUT for a name without a letter, a birth date that cannot be, a sex the country does not record. */
  async facts(ctx: Context, told: Pick<ToldFacts, 'name' | 'birthDate' | 'sex'>): Promise<void> {
    const profile = await this.words.profile(ctx);
    if (!/\p{L}/u.test(told.name)) throw invalid('name', 'registry.invalid.name');
    const fault = birthDateFault(told.birthDate, civilDayOf(ctx.now(), profile.timeZone));
    if (fault) throw invalid('birthDate', fault);
    if (!profile.sexes.some(sex => sex.code === told.sex)) throw invalid('sex', 'validation.isIn');
  }

  /** Throws NOT_FOUND for an area that is none, INVALID_INPUT for a language that the country does not have. */
  async references(
    ctx: Context,
    work: UnitOfWork,
    told: Pick<ToldFacts, 'areaId' | 'language'>,
  ): Promise<void> {
    if (told.areaId) {
      if (!isId(told.areaId)) throw invalid('areaId', 'validation.isUuid');
      await this.places.areaPath(work, told.areaId);
    }
    if (told.language && !(await this.languages(ctx, work)).includes(told.language))
      throw invalid('language', 'validation.isIn');
  }

  /**
   * The identifiers with their indexes. Throws INVALID_INPUT for one of an unknown type, of a wrong form or with a
   * wrong check digit.
   */
  async identifiersOf(ctx: Context, told: ToldFacts): Promise<IndexedIdentifier[]> {
    const profile = await this.words.profile(ctx);
    const checked = (told.identifiers ?? []).map((identifier, i) => readIdentifier(profile, identifier, i));
    return Promise.all(
      checked.map(({ type, normalised }) => this.identifiers.indexed(ctx, type, normalised)),
    );
  }

  /** The phone as E.164, or null when none was told. Throws INVALID_INPUT for a number that the country does not take. */
  async phoneOf(ctx: Context, told: Pick<ToldFacts, 'phone'>): Promise<string | null> {
    if (!told.phone) return null;
    const phone = normalisePhone((await this.words.profile(ctx)).phone, told.phone);
    if (!phone.ok) throw invalid('phone', `validation.phone.${phone.code}`);
    return phone.e164;
  }

  private async languages(ctx: Context, work: UnitOfWork): Promise<string[]> {
    const added = await this.localisation.addedLanguages(work);
    return [...(await this.words.profile(ctx)).languages, ...added].map(language => language.code);
  }
}

/** An identifier in the form in which it is kept. Throws INVALID_INPUT. */
export function readIdentifier(
  profile: CountryProfile,
  told: { type: string; value: string },
  position: number,
): { type: string; normalised: string } {
  const type = profile.identifierTypes.find(({ code }) => code === told.type);
  if (!type) throw invalid(`identifiers.${position}.type`, 'validation.isIn');
  const check = checkIdentifier(type, told.value);
  if (!check.ok) throw invalid(`identifiers.${position}.value`, `registry.invalid.identifier.${check.code}`);
  return { type: type.code, normalised: check.normalised };
}

/** What the matching rules compare. */
export function matchFactsOf(
  told: Pick<ToldFacts, 'name' | 'birthDate' | 'sex' | 'areaId'>,
  identifiers: readonly IndexedIdentifier[],
  phones: readonly IndexedPhone[],
): MatchFacts {
  return {
    name: told.name,
    birth: told.birthDate,
    sex: told.sex,
    areaId: told.areaId ?? null,
    identifiers: new Map(identifiers.map(({ type, index }) => [type, index.newest.toString('hex')])),
    phones: phones.map(({ index }) => index.newest.toString('hex')),
  };
}

/** The facts of a new person, as they are stored. */
export const storedFacts = (
  told: ToldFacts & Pick<PersonFacts, 'nameParts' | 'accessNeeds'>,
): PersonFacts => ({
  name: told.name.trim(),
  nameParts: told.nameParts,
  birthDate: told.birthDate.date,
  birthDatePrecision: told.birthDate.precision,
  sex: told.sex,
  areaId: told.areaId ?? null,
  language: told.language ?? null,
  accessNeeds: told.accessNeeds,
  status: 'active',
});
