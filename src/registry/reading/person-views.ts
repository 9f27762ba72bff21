import { Injectable } from '@nestjs/common';
import {
  type CountryProfile,
  CountryWords,
  localeOf,
  maskIdentifier,
  pickText,
  showCivilDate,
} from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import type { BirthDate } from '../birth-date-rules';
import { ConsentsStore } from '../consents/consents.store';
import { IdentifiersStore } from '../identifiers.store';
import { maskPhone } from './mask-rules';
import { showPersonCode } from '../person-code-rules';
import type { Person, PersonIdentifier } from '../person.graphql';
import type { PersonRow, Relation } from '../persons.store';

/** Persons as they are shown: identifiers and phones masked, codes and dates in the caller's language. */
@Injectable()
export class PersonViews {
  constructor(
    private readonly words: CountryWords,
    private readonly identifiers: IdentifiersStore,
    private readonly consents: ConsentsStore,
  ) {}

  async of(
    ctx: Context,
    work: UnitOfWork,
    rows: readonly (PersonRow & { relation?: Relation })[],
  ): Promise<Person[]> {
    const ids = rows.map(row => row.id);
    const profile = await this.words.profile(ctx);
    const identifiers = await this.identifiersOf(ctx, work, ids);
    const phones = await this.identifiers.phonesOf(ctx, work, ids);
    const consents = await this.consents.standing(work, ids);
    return rows.map(row => {
      const birthDate = { date: row.birthDate, precision: row.birthDatePrecision };
      return {
        ...row,
        code: showPersonCode(row.code),
        birthDate,
        birthDateText: showBirthDate(profile, ctx.languages[0]!, birthDate),
        sexText: sexIn(profile, ctx, row.sex),
        relation: row.relation ?? null,
        identifiers: identifiers.get(row.id) ?? [],
        phones: phones
          .filter(phone => phone.personId === row.id)
          .map(({ e164, verified }) => ({ masked: maskPhone(e164), verified })),
        consents: consents.filter(consent => consent.personId === row.id),
        assisted: row.registeredVia === 'assisted',
      };
    });
  }

  async one(ctx: Context, work: UnitOfWork, row: PersonRow & { relation?: Relation }): Promise<Person> {
    const [view] = await this.of(ctx, work, [row]);
    return view!;
  }

  /** Masked identifiers by person. */
  async identifiersOf(
    ctx: Context,
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<Map<string, PersonIdentifier[]>> {
    const { identifierTypes } = await this.words.profile(ctx);
    const shown = new Map<string, PersonIdentifier[]>();
    for (const { personId, type, normalised } of await this.identifiers.identifiersOf(ctx, work, personIds)) {
      const known = identifierTypes.find(({ code }) => code === type);
      shown.set(personId, [
        ...(shown.get(personId) ?? []),
        {
          type,
          typeName: (known && pickText(known.name, ctx.languages)) ?? type,
          masked: known ? maskIdentifier(known, normalised) : '•'.repeat(normalised.length),
        },
      ]);
    }
    return shown;
  }

  async sexText(ctx: Context, sex: string): Promise<string> {
    return sexIn(await this.words.profile(ctx), ctx, sex);
  }
}

export function sexIn(profile: CountryProfile, ctx: Context, code: string): string {
  const sex = profile.sexes.find(known => known.code === code);
  return (sex && pickText(sex.name, ctx.languages)) ?? code;
}

/** Only what is known of the date is shown. */
export function showBirthDate(
  profile: CountryProfile,
  language: string,
  { date, precision }: BirthDate,
): string {
  if (precision === 'day') return showCivilDate(profile, language, date);
  const format = new Intl.DateTimeFormat(localeOf(profile, language), {
    year: 'numeric',
    ...(precision === 'month' ? { month: 'long' as const } : {}),
    timeZone: 'UTC',
  });
  return format.format(new Date(`${date}T00:00:00Z`));
}
