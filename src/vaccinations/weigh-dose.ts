import { Injectable } from '@nestjs/common';
import type { CivilDate } from '../common';
import { civilNow } from '../facilities';
import { type Lot } from '../inventory';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import { invalid } from '../platform/errors';
import { type Programme, Programmes } from '../programmes';
import type { PersonRecord } from '../registry';
import type { DoseFacts, DoseRecord } from './dose-record';
import { decideDose, type Objection } from './dose-rules';
import { enginePerson } from './doses';

/** A dose to be weighed: of this lot, on this day, beside the person's others. */
export interface DoseToWeigh {
  id: string;
  person: PersonRecord;
  lot: Lot;
  givenOn: CivilDate;
  /** Her other doses, as they are true now. */
  others: readonly DoseRecord[];
}

/** What the schedule says of a dose. */
export interface WeighedDose {
  objection: Objection | null;
  /** The product's own way of giving it. */
  route: string;
  /** What the lot and the schedule settle. */
  settled: Pick<
    DoseFacts,
    | 'productCode'
    | 'vaccineCode'
    | 'lotId'
    | 'lotNumber'
    | 'lotExpiresOn'
    | 'givenOn'
    | 'counted'
    | 'scheduleCode'
    | 'scheduleVersion'
  >;
}

/** Holds a dose against the country's schedule and the person's history. Writes nothing. */
@Injectable()
export class WeighDose {
  constructor(private readonly programmes: Programmes) {}

  /** Throws INVALID_INPUT for a day in the future or before birth. */
  async in(ctx: Context, work: UnitOfWork, programme: Programme, dose: DoseToWeigh): Promise<WeighedDose> {
    const { person, lot, givenOn, others } = dose;
    const on = civilNow(ctx).date;
    if (givenOn > on) throw invalid('givenOn', 'validation.dateInFuture');
    if (givenOn < person.birthDate) throw invalid('givenOn', 'vaccinations.invalid.beforeBirth');
    const product = (await this.programmes.products(ctx, work)).find(({ code }) => code === lot.productCode)!;
    const candidate = { id: dose.id, vaccineCode: product.vaccine, date: givenOn, lotExpiry: lot.expiresOn };
    const earlier = enginePerson(person, others, givenOn < on ? givenOn : on).person;
    const { counted, objection } = decideDose(programme.schedule, earlier, candidate, on);
    return {
      objection,
      route: product.route,
      settled: {
        productCode: product.code,
        vaccineCode: product.vaccine,
        lotId: lot.id,
        lotNumber: lot.lotNumber,
        lotExpiresOn: lot.expiresOn,
        givenOn,
        counted,
        scheduleCode: programme.pack.schedule.code,
        scheduleVersion: programme.pack.schedule.version,
      },
    };
  }
}
