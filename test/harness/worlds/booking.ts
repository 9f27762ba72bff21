import { newId } from '../../../src/common';
import type { Grant, TenantRef } from '../../../src/platform/context';
import { Database } from '../../../src/platform/database';
import { TenantKeys } from '../../../src/tenancy';
import type { TestService } from '../service';

/** What booking needs, put there without the detour over forms: a place, sessions, and citizens with people. */
export interface BookingWorld {
  facility: (more?: { latitude?: number; longitude?: number; postalCode?: string }) => Promise<string>;
  /** A session that gives the country's first product; `pools` are its counters. */
  session: (facilityId: string, pools: Record<string, number>, more?: Partial<PlannedRow>) => Promise<string>;
  /** A citizen with a proved phone who acts for so many new people. */
  family: (size: number, birthDate?: string) => Promise<Family>;
  product: string;
  /** Until every fact was told, by us or by the relay that a fact wakes beside us. */
  factsCarried: () => Promise<void>;
  counts: (sessionId: string) => Promise<Record<string, { held: number; booked: number }>>;
  query: <Row>(sql: string, params?: unknown[]) => Promise<Row[]>;
}

export interface Family {
  accountId: string;
  token: string;
  personIds: string[];
  phone: string;
}

interface PlannedRow {
  date: string;
  startTime: string;
  endTime: string;
  minAge: string | null;
  maxAge: string | null;
  opensAt: Date;
}

export const citizen = (id: string): Grant => ({ role: 'citizen', reach: { kind: 'self', id } });

export async function bookingWorld(service: TestService, tenant: TenantRef): Promise<BookingWorld> {
  const ctx = service.contextOf(tenant);
  const query = <Row>(sql: string, params: unknown[] = []): Promise<Row[]> =>
    service.app.get(Database).write(ctx, work => work.query<Row>(sql, params));
  const [product] = await query<{ code: string }>(
    `SELECT code FROM product WHERE active AND unit = 'DOSE' ORDER BY code LIMIT 1`,
  );
  let serial = 0;

  return {
    query,
    product: product!.code,
    async factsCarried() {
      do await service.carryFacts();
      while ((await query(`SELECT 1 FROM outbox_event WHERE delivered_at IS NULL LIMIT 1`)).length > 0);
    },
    async facility({ latitude, longitude, postalCode } = {}) {
      const id = newId();
      await query(
        `INSERT INTO facility (id, code, names, area_id, category, kind, latitude, longitude, postal_code, services, active, created_at, changed_at)
         SELECT $1, $2, $3, id, 'PUBLIC', 'FIXED', $4, $5, $6, '{}', true, now(), now() FROM area ORDER BY code LIMIT 1`,
        [
          id,
          `W-${id}`,
          JSON.stringify({ en: `Clinic ${++serial}` }),
          latitude ?? null,
          longitude ?? null,
          postalCode ?? null,
        ],
      );
      return id;
    },
    async session(facilityId, pools, more = {}) {
      const id = newId();
      const plan = {
        date: '2099-05-04',
        startTime: `${String(8 + (serial++ % 10)).padStart(2, '0')}:${String(serial % 60).padStart(2, '0')}`,
        endTime: '23:59',
        minAge: null,
        maxAge: null,
        opensAt: new Date(0),
        ...more,
      };
      await query(
        `INSERT INTO session (facility_id, id, date, start_time, end_time, products, min_age, max_age, opens_at, state, created_at, changed_at)
         VALUES ($1, $2, $3, $4, $5, ARRAY[$6], $7, $8, $9, 'PLANNED', now(), now())`,
        [
          facilityId,
          id,
          plan.date,
          plan.startTime,
          plan.endTime,
          product!.code,
          plan.minAge,
          plan.maxAge,
          plan.opensAt,
        ],
      );
      for (const [pool, capacity] of Object.entries(pools))
        await query(
          `INSERT INTO session_places (facility_id, session_id, pool, capacity, held, booked, closed) VALUES ($1, $2, $3, $4, 0, 0, false)`,
          [facilityId, id, pool, capacity],
        );
      return id;
    },
    async family(size, birthDate = '2098-01-01') {
      const [accountId, phone] = [newId(), `+9995550${String(++serial).padStart(5, '0')}`];
      const keys = service.app.get(TenantKeys);
      const sealed = await keys.seal(
        ctx,
        { table: 'citizen_account', column: 'phone_sealed', row: accountId },
        phone,
      );
      await query(
        `INSERT INTO citizen_account (id, phone_index, phone_sealed, created_at) VALUES ($1, $2, $3, now())`,
        [accountId, (await keys.blindIndex(ctx, 'phone', phone)).stored, sealed],
      );
      const personIds = Array.from({ length: size }, () => newId());
      for (const personId of personIds) {
        await query(
          `INSERT INTO person (person_id, code, name, birth_date, birth_date_precision, sex, access_needs, status, registered_via, registered_at)
           VALUES ($1::uuid, $1::text, 'Somebody', $2, 'day', 'female', '{}', 'active', 'own-account', now())`,
          [personId, birthDate],
        );
        await query(
          `INSERT INTO person_account (person_id, account_id, relation, linked_at) VALUES ($1, $2, 'child', now())`,
          [personId, accountId],
        );
      }
      const token = await service.tokenFor(tenant, [citizen(accountId)], 'citizen', accountId);
      return { accountId, token, personIds, phone };
    },
    async counts(sessionId) {
      const rows = await query<{ pool: string; held: number; booked: number }>(
        `SELECT pool, held, booked FROM session_places WHERE session_id = $1 ORDER BY pool`,
        [sessionId],
      );
      return Object.fromEntries(rows.map(({ pool, ...count }) => [pool, count]));
    },
  };
}
