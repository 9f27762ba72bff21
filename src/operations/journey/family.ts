import { randomUUID } from 'node:crypto';
import { addTo, civilDayOf } from '../../common';
import {
  AvailabilityDocument,
  type Client,
  ConfirmAppointmentDocument,
  ConfirmSignInCodeDocument,
  ConsentPurposesDocument,
  HoldPlacesDocument,
  RegisterPersonDocument,
  RequestSignInCodeDocument,
  RescheduleAppointmentDocument,
} from '../client';
import { readOutbox } from './outbox';
import type { Settled } from './settle';
import type { Story } from './story';

const CODE = /(\d{6})/;
/** Old enough for the first doses of every schedule, young enough for all of them. */
const CHILD_AGE = '10 weeks';

/** A family whose guardian has signed in. */
export interface Family {
  guardian: Client;
  guardianId: string;
  childId: string;
  childBirthDate: string;
}

/** Step 5: a citizen proves her phone, consents in her language, registers herself and her child. */
export async function register(story: Story, country: Settled, language: string): Promise<Family> {
  story.chapter('5  Register');
  const { anonymous, cast } = country;
  const speaking = anonymous.with({ language });
  const guardian = await signInCitizen(story, speaking, country.code, cast.phone);
  const { consentPurposes } = await guardian.call(ConsentPurposesDocument, {});
  const consents = consentPurposes
    .filter(purpose => purpose.required)
    .map(({ code, version }) => ({ purpose: code, version }));
  story.tell('consents read', { language: consentPurposes[0]?.language, first: consentPurposes[0]?.title });
  const person = (input: { name: string; sex: string; birthDate: string; relation: 'SELF' | 'CHILD' }) =>
    guardian.call(RegisterPersonDocument, {
      input: { ...input, consents, language, idempotencyKey: randomUUID() },
    });
  const { guardian: mother, child } = cast.family;
  const childBirthDate = addTo(civilDayOf(new Date(), cast.timeZone), `0 days - ${CHILD_AGE}`);
  const { registerPerson: self } = await person({ ...mother, relation: 'SELF' });
  if (self.__typename !== 'Person') throw new Error(JSON.stringify(self));
  story.tell('registered', { name: self.name, card: self.code, id: self.id });
  const { registerPerson: dependant } = await person({
    ...child,
    birthDate: childBirthDate,
    relation: 'CHILD',
  });
  if (dependant.__typename !== 'Person') throw new Error(JSON.stringify(dependant));
  story.tell('registered', { name: dependant.name, card: dependant.code, born: childBirthDate });
  const { registerPerson: twice } = await person({ ...child, birthDate: childBirthDate, relation: 'CHILD' });
  if (twice.__typename !== 'LikelySamePerson')
    throw new Error(`A second person was made: ${JSON.stringify(twice)}`);
  story.tell('the same child again', { refused: twice.message });
  return { guardian, guardianId: self.id, childId: dependant.id, childBirthDate };
}

async function signInCitizen(story: Story, client: Client, code: string, phone: string): Promise<Client> {
  const { requestSignInCode } = await client.call(RequestSignInCodeDocument, { phone });
  const sent = await readOutbox(client.url, code, phone, CODE);
  const { confirmSignInCode } = await client.call(ConfirmSignInCodeDocument, {
    input: { requestId: requestSignInCode.requestId, code: sent },
  });
  story.tell('signed in by code', { phone: `…${phone.slice(-4)}` });
  return client.with({ token: confirmSignInCode.token });
}

/** A family's place at a session, and the code that proves it at the door. */
export interface Booked {
  sessionId: string;
  checkInCode: string;
}

/** Step 7: availability from one source, a place held for the whole family, confirmed, and moved from tomorrow to today. */
export async function book(story: Story, country: Settled, family: Family, product: string): Promise<Booked> {
  story.chapter('7  Book');
  const { guardian } = family;
  const today = civilDayOf(new Date(), country.cast.timeZone);
  const { latitude, longitude } = country.cast.facility;
  const { availability } = await guardian.call(AvailabilityDocument, {
    input: { near: { latitude, longitude, km: 5 }, from: today, days: 7 },
  });
  story.tell('availability', { sessions: availability.sessions.length, asOf: String(availability.asOf) });
  const [now, later] = availability.sessions.filter(session => session.facilityId === country.facilityId);
  if (!now || !later) throw new Error('The planned sessions are not offered');
  const people = [{ personId: family.childId, products: [product] }];
  const { holdPlaces } = await guardian.call(HoldPlacesDocument, {
    input: { facilityId: later.facilityId, sessionId: later.sessionId, people },
  });
  if (holdPlaces.__typename !== 'Booking') throw new Error(JSON.stringify(holdPlaces));
  story.tell('place held', { date: later.date, until: String(holdPlaces.appointments[0]?.expiresAt) });
  const held = { bookingId: holdPlaces.id, facilityId: later.facilityId };
  const { confirmAppointment } = await guardian.call(ConfirmAppointmentDocument, {
    input: { ...held, idempotencyKey: randomUUID() },
  });
  if (confirmAppointment.__typename !== 'Booking') throw new Error(JSON.stringify(confirmAppointment));
  story.tell('confirmed', { booking: confirmAppointment.id });
  const { rescheduleAppointment } = await guardian.call(RescheduleAppointmentDocument, {
    input: {
      ...held,
      toFacilityId: now.facilityId,
      toSessionId: now.sessionId,
      idempotencyKey: randomUUID(),
    },
  });
  if (rescheduleAppointment.__typename !== 'Booking') throw new Error(JSON.stringify(rescheduleAppointment));
  const [appointment] = rescheduleAppointment.appointments;
  if (!appointment?.checkInCode) throw new Error('The holder is not shown her check-in code');
  story.tell('moved to today', { date: appointment.date, checkInCode: appointment.checkInCode });
  return { sessionId: now.sessionId, checkInCode: appointment.checkInCode };
}
