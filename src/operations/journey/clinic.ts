import { randomUUID } from 'node:crypto';
import { addTo, civilDayOf } from '../../common';
import {
  CheckInDocument,
  CorrectVaccinationDocument,
  ForecastDocument,
  ReceiveStockDocument,
  RecordNotDoneDocument,
  RecordVaccinationDocument,
  StockOfDocument,
} from '../client';
import type { Booked, Family } from './family';
import type { Settled } from './settle';
import type { Story } from './story';

/** A vaccine group that is due, and what can be given for it. */
export interface Due {
  group: string;
  products: string[];
}

/** Step 6: what the child is due for, with the dates and the rule that decided. */
export async function forecast(story: Story, family: Family): Promise<Due[]> {
  story.chapter('6  Forecast');
  const { forecast: answer } = await family.guardian.call(ForecastDocument, { personId: family.childId });
  for (const group of answer.groups) {
    story.tell(group.vaccineGroupName, {
      status: group.status,
      dose: group.doseNumber,
      earliest: group.earliest,
      recommended: group.recommended,
      overdueAfter: group.pastDue,
      rule: group.rule,
    });
  }
  const due = answer.groups.filter(
    group => ['DUE', 'OVERDUE'].includes(group.status) && group.products.length > 0,
  );
  return due.map(group => ({
    group: group.vaccineGroup,
    products: group.products.map(product => product.code),
  }));
}

/** A dose that was given. */
export interface Given {
  vaccinationId: string;
  lotId: string;
  product: string;
}

/**
 * Step 8: checked in by her code, the child is vaccinated; the same request twice is one dose; what was not done has
 * a reason.
 */
export async function vaccinate(
  story: Story,
  country: Settled,
  family: Family,
  booked: Booked,
  due: Due[],
): Promise<Given> {
  story.chapter('8  Vaccinate');
  const { facilityId, registrar, vaccinator } = country;
  const here = { facilityId, sessionId: booked.sessionId };
  const { checkIn } = await registrar.call(CheckInDocument, { input: { ...here, code: booked.checkInCode } });
  if (checkIn.__typename !== 'Appointment') throw new Error(JSON.stringify(checkIn));
  story.tell('checked in', { appointment: checkIn.id, state: checkIn.state });
  const [first, other] = due;
  const lot = await lotOf(country, first!.products);
  const input = { ...here, personId: family.childId, lotId: lot.lotId, idempotencyKey: randomUUID() };
  const { recordVaccination: dose } = await vaccinator.call(RecordVaccinationDocument, { input });
  if (dose.__typename !== 'Vaccination') throw new Error(JSON.stringify(dose));
  const { recordVaccination: again } = await vaccinator.call(RecordVaccinationDocument, { input });
  if (again.__typename !== 'Vaccination' || again.id !== dose.id)
    throw new Error('One request made two doses');
  story.tell('vaccinated', {
    vaccine: dose.productName,
    lot: dose.lotNumber,
    dose: dose.counted[0]?.doseNumber,
    id: dose.id,
  });
  story.tell('sent again', { sameDose: again.id === dose.id });
  await soon(story, country, family, booked, lot.lotId);
  if (other) await notDone(story, country, family, booked, other.group);
  return { vaccinationId: dose.id, lotId: lot.lotId, product: lot.productCode };
}

/** A second dose of the same vaccine on the same day is refused with the day from which it counts. */
async function soon(
  story: Story,
  country: Settled,
  family: Family,
  booked: Booked,
  lotId: string,
): Promise<void> {
  const { recordVaccination } = await country.vaccinator.call(RecordVaccinationDocument, {
    input: {
      facilityId: country.facilityId,
      sessionId: booked.sessionId,
      personId: family.childId,
      lotId,
      presence: 'WALK_IN',
      idempotencyKey: randomUUID(),
    },
  });
  if (recordVaccination.__typename === 'Vaccination') throw new Error('A dose was given twice');
  story.tell('the next dose today', { refused: recordVaccination.message });
}

async function notDone(
  story: Story,
  country: Settled,
  family: Family,
  booked: Booked,
  group: string,
): Promise<void> {
  const { recordNotDone } = await country.vaccinator.call(RecordNotDoneDocument, {
    input: {
      facilityId: country.facilityId,
      sessionId: booked.sessionId,
      personId: family.childId,
      vaccineGroup: group,
      reason: 'ILLNESS',
      idempotencyKey: randomUUID(),
    },
  });
  story.tell('not done', { vaccineGroup: recordNotDone.vaccineGroup, reason: recordNotDone.reason });
}

async function lotOf({ storeKeeper, facilityId }: Settled, products: string[]) {
  const { stock } = await storeKeeper.call(StockOfDocument, { facilityId });
  const lot = stock.items.find(item => products.includes(item.productCode));
  if (!lot) throw new Error(`None of ${products.join(', ')} is in stock`);
  return lot;
}

/** The vaccinator had read the wrong lot: a new fact that points at the old one. Returns the corrected dose. */
export async function correct(story: Story, country: Settled, family: Family, given: Given): Promise<string> {
  const { facilityId, storeKeeper, vaccinator, cast } = country;
  const { receiveStock: lot } = await storeKeeper.call(ReceiveStockDocument, {
    input: {
      facilityId,
      productCode: given.product,
      lotNumber: 'SBX-SECOND',
      expiresOn: addTo(civilDayOf(new Date(), cast.timeZone), '6 months'),
      doses: 20,
      idempotencyKey: randomUUID(),
    },
  });
  if (lot.__typename !== 'StockItem') throw new Error(JSON.stringify(lot));
  const { correctVaccination } = await vaccinator.call(CorrectVaccinationDocument, {
    input: {
      personId: family.childId,
      vaccinationId: given.vaccinationId,
      lotId: lot.lotId,
      reason: 'WRONG_LOT',
      idempotencyKey: randomUUID(),
    },
  });
  if (correctVaccination.__typename !== 'Vaccination') throw new Error(JSON.stringify(correctVaccination));
  story.tell('dose corrected', { replaces: correctVaccination.replaces, lot: correctVaccination.lotNumber });
  return correctVaccination.id;
}
