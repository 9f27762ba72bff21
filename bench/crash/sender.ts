import { newId } from '../../src/common';
import { type Answered, type Clinic, PRODUCT } from './clinic';

const RECORD = `mutation ($inputs: [RecordVaccinationInput!]!) { recordVaccinations(inputs: $inputs) { result { __typename
  ... on Vaccination { id personId } ... on DoseNotTaken { code } ... on Refusal { message } } } }`;
const SYNC = `mutation ($input: SyncDosesInput!) { syncDoses(input: $input) { doses { result { __typename
  ... on Vaccination { id personId } ... on DoseNotTaken { code } ... on Refusal { message } } } } }`;
const HOLD = `mutation ($input: HoldPlacesInput!) { holdPlaces(input: $input) { __typename ... on Booking { id }
  ... on AlreadyBooked { bookingId } ... on Refusal { message } } }`;
const CONFIRM = `mutation ($input: ConfirmAppointmentInput!) { confirmAppointment(input: $input) { __typename
  ... on Booking { id } ... on Refusal { message } } }`;

/** Where and for whom a sender sends. */
export interface Destination {
  /** Where the API is now; another one after it was killed. */
  url: () => string;
  token: string;
  tenant: string;
  clinic: Clinic;
  /** Who has not come yet. */
  people: string[];
  random: () => number;
}

/** Doses of one call of a device. */
const SYNCED = 20;
const FAMILY = 3;
/** How often a request is sent again, each time after a tenth of a second, until somebody answers. */
const TRIES = 1_200;

/** What is worth asking again, of the whole request or of one dose. */
const FAILED = /"code":"(UNAVAILABLE|INTERNAL_SERVER_ERROR)"/;

interface Result {
  __typename: string;
  id?: string;
  /** Of the place that she has, whose answer was lost. */
  bookingId?: string;
  personId?: string;
  message?: string;
  code?: string;
}

interface Told {
  result: Result;
}

/** A clinic's computer: what it has no answer to, it sends again, with the same keys, until it has one. */
export class Sender {
  static readonly MOST_PEOPLE = SYNCED;

  readonly answered: Answered[] = [];
  /** Answers that are neither what was asked for nor a reason to ask again. */
  readonly faults: string[] = [];
  again = 0;

  constructor(
    private readonly to: Destination,
    private readonly hasAnswer: () => void,
  ) {}

  async send(requests: number): Promise<void> {
    for (let n = 0; n < requests; n++) {
      const drawn = this.to.random();
      if (drawn < 0.5) await this.record(1);
      else if (drawn < 0.65) await this.record(FAMILY);
      else if (drawn < 0.85) await this.sync();
      else await this.book();
    }
  }

  private async record(count: number): Promise<void> {
    const { facilityId, lotId } = this.to.clinic;
    const inputs = this.next(count).map(personId => ({
      idempotencyKey: newId(),
      personId,
      facilityId,
      lotId,
      presence: 'WALK_IN',
    }));
    const { recordVaccinations: told } = await this.ask<{ recordVaccinations: Told[] }>(RECORD, { inputs });
    this.keep(told);
  }

  private async sync(): Promise<void> {
    const { facilityId, lotId } = this.to.clinic;
    const now = new Date().toISOString();
    const doses = this.next(SYNCED).map(personId => ({
      clientId: newId(),
      personId,
      facilityId,
      lotId,
      givenAt: now,
      presence: 'WALK_IN',
    }));
    const input = { deviceId: newId(), deviceTime: now, doses };
    const { syncDoses } = await this.ask<{ syncDoses: { doses: Told[] } }>(SYNC, { input });
    this.keep(syncDoses.doses);
  }

  private async book(): Promise<void> {
    const { facilityId, sessionId } = this.to.clinic;
    const [personId] = this.next(1) as [string];
    const people = [{ personId, products: [PRODUCT] }];
    const { holdPlaces } = await this.ask<{ holdPlaces: Result }>(HOLD, {
      input: { facilityId, sessionId, people },
    });
    const bookingId = holdPlaces.id ?? holdPlaces.bookingId;
    const { confirmAppointment } = await this.ask<{ confirmAppointment: Result }>(CONFIRM, {
      input: { facilityId, bookingId, idempotencyKey: newId() },
    });
    if (confirmAppointment.id) this.answered.push({ personId, id: confirmAppointment.id, kind: 'booking' });
    else this.faults.push(`booking: ${confirmAppointment.message}`);
  }

  private next(count: number): string[] {
    return this.to.people.splice(-count);
  }

  private keep(told: readonly Told[]): void {
    for (const { result } of told) {
      const { __typename, id, personId, message, code } = result;
      if (__typename === 'Vaccination') this.answered.push({ personId: personId!, id: id!, kind: 'dose' });
      else this.faults.push(`dose: ${__typename} ${code ?? ''} ${message ?? ''}`);
    }
  }

  /** The answer, whoever gives it at last. Throws when nobody does. */
  private async ask<Answer>(query: string, variables: object): Promise<Answer> {
    for (let tries = 0; tries < TRIES; tries++) {
      const data = await this.once<Answer>(query, variables);
      if (data !== null) {
        this.hasAnswer();
        return data;
      }
      this.again++;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error('nobody answers');
  }

  /** Nothing when no answer came, or one that says no more than that it failed. */
  private async once<Answer>(query: string, variables: object): Promise<Answer | null> {
    const { url, token, tenant } = this.to;
    try {
      const answer = await fetch(`${url()}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-tenant': tenant, authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      const text = await answer.text();
      return FAILED.test(text) ? null : (JSON.parse(text) as { data: Answer }).data;
    } catch {
      return null;
    }
  }
}
