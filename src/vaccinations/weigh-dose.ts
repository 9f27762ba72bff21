import type { CivilDate } from '../common';
import type { Lot } from '../inventory';
import { invalid } from '../platform/errors';
import type { ProductRow, Programme } from '../programmes';
import type { PersonRow } from '../registry';
import type { DoseFacts, DoseForEngine } from './dose-record';
import { decideDose, type Objection } from './dose-rules';
import { enginePerson } from './doses';

/** A dose to be weighed: of this lot, on this day, beside the person's others. */
export interface DoseToWeigh {
  id: string;
  person: PersonRow;
  /** The lot's product. */
  product: ProductRow;
  lot: Lot;
  givenOn: CivilDate;
  /** Her other doses, as they are true now. */
  others: readonly DoseForEngine[];
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

/**
 * Holds a dose against the country's schedule and the person's history, as seen on the country's own day `on`.
 * Throws INVALID_INPUT for a day in the future or before birth.
 */
export function weigh(programme: Programme, on: CivilDate, dose: DoseToWeigh): WeighedDose {
  const { person, product, lot, givenOn, others } = dose;
  if (givenOn > on) throw invalid('givenOn', 'validation.dateInFuture');
  if (givenOn < person.birthDate) throw invalid('givenOn', 'vaccinations.invalid.beforeBirth');
  const candidate = { id: dose.id, vaccineCode: product.vaccine, date: givenOn, lotExpiry: lot.expiresOn };
  const earlier = enginePerson(person, others, givenOn).person;
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
