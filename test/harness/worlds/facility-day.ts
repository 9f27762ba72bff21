import { newId } from '../../../src/common';
import { AdmitWalkIn } from '../../../src/appointments/attendance/admit-walk-in';
import { CallParty } from '../../../src/appointments/facility-day/call-party';
import { CloseQueue } from '../../../src/appointments/facility-day/close-queue';
import { EndVisits } from '../../../src/appointments/facility-day/end-visits';
import { JoinQueue } from '../../../src/appointments/facility-day/join-queue';
import { KeepQueue } from '../../../src/appointments/facility-day/keep-queue';
import { KeepTime } from '../../../src/appointments/facility-day/keep-time';
import { PutBack } from '../../../src/appointments/facility-day/put-back';
import {
  type ArrivingPersonGraphqlInput,
  LeavingReasonEnum,
  QueueDeskEnum,
  Visit,
} from '../../../src/appointments/facility-day/queue.graphql';
import { ReadQueue } from '../../../src/appointments/facility-day/read-queue';
import { VerifyVisits } from '../../../src/appointments/facility-day/verify-visits';
import { CheckIn } from '../../../src/appointments/attendance/check-in';
import type { Context, TenantRef } from '../../../src/platform/context';
import { RecordVaccination } from '../../../src/vaccinations/recording/record-vaccination';
import { VoidVaccination } from '../../../src/vaccinations/corrections/void-vaccination';
import { Vaccination } from '../../../src/vaccinations/vaccination.graphql';
import { addFacility, addPerson, addStock, write } from './clinic';
import { atFacility, type TestService } from '../service';

/** The day on which the clinic of these tests works, and when its sessions begin. */
export const DAY = '2030-06-03';
const OPENING = Date.parse(`${DAY}T09:00:00Z`);

/** A visit as the tests look at it; of a refusal only its type and facts. */
export type Answer = Record<string, any> & { type: string; visits: Visit[] }; // oxlint-disable-line no-explicit-any -- any type's of a union

/** A clinic with a lot on its shelf, a clock of its own and staff at its desks. */
export class Clinic {
  private minutes = 0;

  private constructor(
    private readonly service: TestService,
    readonly tenant: TenantRef,
    readonly facilityId: string,
    readonly lotId: string,
  ) {}

  static async open(service: TestService, tenant: TenantRef): Promise<Clinic> {
    const { id: facilityId } = await addFacility(service, tenant);
    const stock = { facilityId, product: 'bcg-20', doses: 10_000, expiresOn: '2032-01-01' };
    return new Clinic(service, tenant, facilityId, await addStock(service, tenant, stock));
  }

  /** The clock stands at so many minutes after nine. */
  atMinute(minutes: number): void {
    this.minutes = minutes;
  }

  now(): Date {
    return new Date(OPENING + this.minutes * 60_000);
  }

  instant(minutes: number): Date {
    return new Date(OPENING + minutes * 60_000);
  }

  as(id = 'nurse', role = 'vaccinator'): Context {
    const grants = [atFacility(role, this.facilityId)];
    return this.service.contextOf(this.tenant, {
      actor: { kind: 'staff', id, grants },
      now: () => this.now(),
    });
  }

  person(birthDate = '2030-06-01'): Promise<string> {
    return addPerson(this.service, this.tenant, birthDate);
  }

  async session(startTime = '09:00', date = DAY): Promise<string> {
    const id = newId();
    await this.rows(
      `INSERT INTO session (facility_id, id, date, start_time, end_time, products, opens_at, state, created_at, changed_at)
       VALUES ($1, $2, $3, $4, '23:59', ARRAY['bcg-20'], '2030-01-01', 'PLANNED', now(), now())`,
      [this.facilityId, id, date, startTime],
    );
    await this.rows(`INSERT INTO session_places VALUES ($1, $2, 'any', 1000, 0, 0, false)`, [
      this.facilityId,
      id,
    ]);
    return id;
  }

  /** A person with an appointment in a session; not checked in. */
  async booked(sessionId: string, birthDate?: string): Promise<string> {
    const personId = await this.person(birthDate);
    await this.rows(
      `INSERT INTO appointment (facility_id, id, booking_id, session_id, pool, person_id, products, vaccines, made, state, created_at, changed_at)
       VALUES ($1, $2::uuid, $2::uuid, $3, 'any', $4, '{bcg-20}', '{}', 'OWN', 'BOOKED', now(), now())`,
      [this.facilityId, newId(), sessionId, personId],
    );
    return personId;
  }

  rows<Row>(sql: string, params: readonly unknown[] = []): Promise<Row[]> {
    return write<Row>(this.service, this.tenant, sql, params);
  }

  keep = (sessionId: string, byPriority = false) =>
    this.ask(KeepQueue, verb => verb.run(this.as(), { facilityId: this.facilityId, sessionId, byPriority }));

  join = (sessionId: string, people: ArrivingPersonGraphqlInput[], idempotencyKey: string = newId()) =>
    this.ask(JoinQueue, verb =>
      verb.run(this.as(), { facilityId: this.facilityId, sessionId, people, idempotencyKey }),
    );

  /** Somebody without an appointment comes in alone; her visit. */
  walkIn = async (sessionId: string, personId?: string): Promise<Visit> => {
    const { visits } = await this.join(sessionId, [{ personId: personId ?? (await this.person()) }]);
    return visits[0]!;
  };

  /** Somebody comes to her appointment; her visit. */
  comes = async (sessionId: string, personId: string): Promise<Visit> => {
    const { visits } = await this.join(sessionId, [{ personId, overrideReason: 'no phone' }]);
    return visits[0]!;
  };

  checkIn = (sessionId: string, personId: string) =>
    this.ask(CheckIn, verb =>
      verb.run(this.as(), { facilityId: this.facilityId, sessionId, personId, overrideReason: 'no phone' }),
    );

  admit = (sessionId: string, personId: string) =>
    this.ask(AdmitWalkIn, verb =>
      verb.run(this.as(), {
        facilityId: this.facilityId,
        sessionId,
        person: { personId, products: ['bcg-20'] },
      }),
    );

  call = (
    desk: 'VERIFICATION' | 'VACCINATION',
    more: {
      by?: string;
      visitId?: string;
      sessionId?: string;
      station?: string;
      idempotencyKey?: string;
    } = {},
  ) => {
    const { by = 'nurse', idempotencyKey = newId(), ...rest } = more;
    return this.ask(CallParty, verb =>
      verb.run(this.as(by), {
        facilityId: this.facilityId,
        desk: QueueDeskEnum[desk],
        idempotencyKey,
        ...rest,
      }),
    );
  };

  putBack = (...visitIds: string[]) =>
    this.ask(PutBack, verb => verb.run(this.as(), { facilityId: this.facilityId, visitIds }));

  verify = (visitIds: string[], more: { earlierReaction?: boolean; at?: Date; deviceTime?: Date } = {}) =>
    this.ask(VerifyVisits, verb =>
      verb.run(this.as(), { facilityId: this.facilityId, visitIds, earlierReaction: false, ...more }),
    );

  end = (
    visitIds: string[],
    reason?: keyof typeof LeavingReasonEnum,
    told: { at?: Date; deviceTime?: Date } = {},
  ) =>
    this.ask(EndVisits, verb =>
      verb.run(this.as(), {
        facilityId: this.facilityId,
        visitIds,
        reason: reason ? LeavingReasonEnum[reason] : null,
        ...told,
      }),
    );

  close = (sessionId: string) =>
    this.ask(CloseQueue, verb =>
      verb.run(this.as(), { facilityId: this.facilityId, sessionId, reason: 'DAY_OVER' }),
    );

  /** A worker's round. */
  keepTime = () =>
    this.service.app.get(KeepTime).run(this.service.contextOf(this.tenant, { now: () => this.now() }));

  dose = (personId: string, more: { sessionId?: string; idempotencyKey?: string; by?: string } = {}) => {
    const { by = 'nurse', ...rest } = more;
    return this.ask(RecordVaccination, verb =>
      verb.run(this.as(by), {
        idempotencyKey: newId(),
        personId,
        facilityId: this.facilityId,
        lotId: this.lotId,
        presence: 'WALK_IN',
        clinicalReason: 'as the doctor says',
        ...rest,
      }),
    );
  };

  voidDose = (personId: string, vaccinationId: string) =>
    this.ask(VoidVaccination, verb =>
      verb.run(this.as('admin', 'facility-admin'), {
        idempotencyKey: newId(),
        personId,
        vaccinationId,
        reason: 'WRONG_PERSON',
      }),
    );

  board = () => this.service.app.get(ReadQueue).board(this.as(), { facilityId: this.facilityId });

  visit = (id: string) =>
    this.service.app.get(ReadQueue).visit(this.as(), { facilityId: this.facilityId, id });

  /** Where somebody is, and which steps were taken with her. */
  async stateOf(id: string): Promise<{ state: string; steps: string[] }> {
    const { visit, steps } = await this.visit(id);
    return { state: visit.state, steps: steps.map(({ step }) => step) };
  }

  private async ask<Verb>(
    verb: new (...args: never[]) => Verb,
    run: (verb: Verb) => Promise<object>,
  ): Promise<Answer> {
    const answer = await run(this.service.app.get(verb));
    // A dose makes its fields when they are asked for, and has none of its own to copy
    const dose = answer instanceof Vaccination ? { id: answer.id } : {};
    return { visits: [], ...answer, ...dose, type: answer.constructor.name };
  }
}
