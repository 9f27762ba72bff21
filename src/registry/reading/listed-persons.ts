import { Injectable } from '@nestjs/common';
import { CountryWords } from '../../localisation';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { IdentifiersStore } from '../identifiers.store';
import type { ListedPerson } from './listed-person.graphql';
import { maskPhone } from './mask-rules';
import { sexIn, showBirthDate } from './person-views';
import { PersonsStore } from '../persons.store';

/** Persons as they stand on a working list, phones masked. Permission and audit are for the caller's verb. */
@Injectable()
export class ListedPersons {
  constructor(
    private readonly words: CountryWords,
    private readonly store: PersonsStore,
    private readonly identifiers: IdentifiersStore,
  ) {}

  /** By their ids; an id that is no person of this country has no entry. */
  async of(
    ctx: Context,
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<ReadonlyMap<string, ListedPerson>> {
    const profile = await this.words.profile(ctx);
    const rows = await this.store.persons(work, personIds);
    const phones = await this.identifiers.phonesOf(ctx, work, personIds);
    return new Map(
      rows.map(row => [
        row.id,
        {
          personId: row.id,
          name: row.name,
          birthDateText: showBirthDate(profile, ctx.languages[0]!, {
            date: row.birthDate,
            precision: row.birthDatePrecision,
          }),
          sexText: sexIn(profile, ctx, row.sex),
          maskedPhones: phones
            .filter(({ personId }) => personId === row.id)
            .map(({ e164 }) => maskPhone(e164)),
        },
      ]),
    );
  }
}
