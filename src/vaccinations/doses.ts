import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../common';
import { civilNow } from '../facilities';
import type { Person } from '../forecasting';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { Programme } from '../programmes';
import { latestBirthDate, type PersonRow } from '../registry';
import type { CountedDose, DoseForEngine, DoseRecord } from './dose-record';
import { assumedBirthDate, countAnew } from './dose-rules';
import { VaccinationsStore } from './vaccinations.store';

/** A person as the schedule engine takes her, and what had to be assumed for it. */
export interface EnginePerson {
  person: Person;
  /** The birth date reckoned with, when only its year or month is known; else null. */
  birthDateAssumed: CivilDate | null;
}

/** The doses of persons, for the modules that build on them. Permission is for the caller's verb to check. */
@Injectable()
export class Doses {
  constructor(private readonly store: VaccinationsStore) {}

  /** What is true now, after corrections and voids, in the order the doses were given. */
  ofPerson(_ctx: Context, work: UnitOfWork, personId: string): Promise<DoseRecord[]> {
    return this.store.dosesOf(work, personId);
  }

  /** {@link ofPerson} for several persons in one query. */
  async ofPersons(
    _ctx: Context,
    work: UnitOfWork,
    personIds: readonly string[],
  ): Promise<ReadonlyMap<string, DoseRecord[]>> {
    const doses = await this.store.dosesOfAll(work, personIds);
    return new Map(personIds.map(id => [id, doses.filter(dose => dose.personId === id)]));
  }

  /**
   * How each of a person's doses counts by the schedule in force, beside all the others of `doses`: a dose entered late
   * or voided moves the numbers of those after it. By the dose's id.
   */
  counted(
    ctx: Context,
    { schedule }: Programme,
    person: PersonRow,
    doses: readonly DoseRecord[],
  ): ReadonlyMap<string, CountedDose[]> {
    const on = civilNow(ctx).date;
    return countAnew(schedule, enginePerson(person, doses, on).person, on);
  }

  /** One fact about a dose, true or replaced; null when the person has none such. */
  one(_ctx: Context, work: UnitOfWork, personId: string, vaccinationId: string): Promise<DoseRecord | null> {
    return this.store.dose(work, personId, vaccinationId);
  }
}

/** A person with these doses, ready for the engine, on a day. */
export function enginePerson(
  record: Pick<PersonRow, 'birthDate' | 'birthDatePrecision' | 'sex'>,
  doses: readonly DoseForEngine[],
  on: CivilDate,
): EnginePerson {
  const { birthDate: date, birthDatePrecision: precision } = record;
  const birthDate =
    precision === 'day' ? date : assumedBirthDate(latestBirthDate({ date, precision }), on, doses);
  return {
    birthDateAssumed: precision === 'day' ? null : birthDate,
    person: {
      birthDate,
      sex: record.sex as Person['sex'],
      doses: doses.map(dose => ({
        id: dose.id,
        vaccineCode: dose.vaccineCode,
        date: dose.givenOn,
        lotExpiry: dose.lotExpiresOn,
      })),
    },
  };
}
