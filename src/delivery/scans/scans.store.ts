import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import type { DeliveryFailure, DoorStep, HandoverProof } from '../doors/door-rules';
import type { Anomaly, Scan, UnitState, UnitStatus } from '../scan-rules';
import { instantText } from './instants';
import type { SealReading } from './seal-rules';

/** A scan as it is stored: with the unit that it lies with. */
export interface StoredScan extends Scan {
  unitId: string;
}

/** A scan with who told us of it, and when. */
export interface ToldScan extends StoredScan {
  readAtHub: string | null;
  actorId: string | null;
  receivedAt: Date;
  door: DoorFacts | null;
  /** The seal that was read on the container, or on the one unit; null when nobody looked. */
  seal: string | null;
}

/** What a scan of the last mile says besides. */
export interface DoorFacts {
  failure: DeliveryFailure | null;
  holdDays: number | null;
  proof: HandoverProof | null;
  /** Of a picture that was taken, in hexadecimal digits. */
  proofSha256: string | null;
  /** Whether the secret was the right one; null for a picture. */
  proofMatches: boolean | null;
}

/** A unit as it is known, and how often that has changed. */
export type KnownUnit = UnitState & { unitId: string; version: number };

/** How a unit stood after a scan that had to do with it. */
export interface TrailStep {
  unitId: string;
  /** Microseconds since 1970. */
  at: number;
  scanId: string;
  scanOf: string;
  status: UnitStatus | null;
  place: string | null;
  container: string | null;
  lastScan: string | null;
  left: string | null;
}

/** What comes of scans: units as they are now, the steps that led there, what went wrong, and the scans themselves. */
export interface Taken {
  units: readonly KnownUnit[];
  steps: readonly TrailStep[];
  anomalies: readonly (Anomaly & { at: number })[];
  scans: readonly ToldScan[];
}

/** A moment in the one order of scans. */
export type Moment = Pick<Scan, 'id' | 'at'>;

const MICROSECONDS = (column: string): string => `(extract(epoch FROM ${column}) * 1000000)::float8`;

const UNIT = `s.unit_id AS "unitId", s.status, s.place, s.container_id AS container, s.last_scan_id AS "lastScan",
  json_build_object('id', s.settled_by, 'at', ${MICROSECONDS('s.settled_at')}) AS "settledBy", s.version`;

const STEP = `t.unit_id AS "unitId", ${MICROSECONDS('t.at')} AS at, t.scan_id AS "scanId", t.scan_of AS "scanOf", t.status,
  t.place, t.container_id AS container, t.last_scan_id AS "lastScan", t.left_id AS "left"`;

const SCAN = `c.unit_id AS "unitId", c.id, ${MICROSECONDS('c.at')} AS at, c.act, c.step, c.place, c.units, c.container_id AS container`;

@Injectable()
export class ScansStore {
  /** Which of these scans are stored already, by unit and id. */
  async known(work: UnitOfWork, scans: readonly StoredScan[]): Promise<Set<string>> {
    const rows = await work.query<{ name: string }>(
      `SELECT k.unit_id || ' ' || k.id AS name FROM unnest($1::text[], $2::text[]) k(unit_id, id), LATERAL (
         SELECT c.id FROM scan c WHERE c.unit_id = k.unit_id AND c.id = k.id OFFSET 0) known`,
      [scans.map(({ unitId }) => unitId), scans.map(({ id }) => id)],
    );
    return new Set(rows.map(({ name }) => name));
  }

  /** These units as they are known, what each is in, and all that is in them, however deep. */
  yard(work: UnitOfWork, unitIds: readonly string[]): Promise<KnownUnit[]> {
    return work.query(
      `WITH RECURSIVE named AS (SELECT unnest($1::text[]) COLLATE "C" AS unit_id),
       inside AS (
         SELECT unit_id FROM named
         UNION SELECT held.unit_id FROM inside i, LATERAL (
           SELECT s.unit_id FROM unit_state s WHERE s.container_id = i.unit_id OFFSET 0) held),
       wanted AS (
         SELECT unit_id FROM inside
         UNION SELECT holder.unit_id FROM named n, LATERAL (
           SELECT s.container_id AS unit_id FROM unit_state s WHERE s.unit_id = n.unit_id AND s.container_id IS NOT NULL OFFSET 0) holder)
       SELECT unit.* FROM wanted w, LATERAL (SELECT ${UNIT} FROM unit_state s WHERE s.unit_id = w.unit_id OFFSET 0) unit`,
      [unitIds],
    );
  }

  /**
   * Stores what came of scans in one statement. False, with the work to be rolled back, when one of the units or scans
   * was changed or stored by somebody else since it was read. Rows are locked in the order of the units.
   */
  async save(work: UnitOfWork, { units, steps, anomalies, scans }: Taken): Promise<boolean> {
    const [written] = await work.query<{ units: number; scans: number }>(
      `WITH unit AS (
         INSERT INTO unit_state (unit_id, status, place, container_id, last_scan_id, settled_at, settled_by, version)
         SELECT u.* FROM json_to_recordset($1::json) AS u(unit_id text, status text, place text, container_id text,
           last_scan_id text, settled_at timestamptz, settled_by text, version integer)
         ON CONFLICT (unit_id) DO UPDATE SET status = excluded.status, place = excluded.place, container_id = excluded.container_id,
           last_scan_id = excluded.last_scan_id, settled_at = excluded.settled_at, settled_by = excluded.settled_by,
           version = excluded.version
           WHERE unit_state.version = excluded.version - 1
         RETURNING unit_id),
       told AS (
         INSERT INTO scan (unit_id, id, at, act, step, place, units, container_id, read_at_hub, actor_id, received_at,
           failure, hold_days, proof, proof_sha256, proof_matches, seal)
         SELECT unit_id, id, at, act, step, place, ARRAY(SELECT json_array_elements_text(units)), container_id, read_at_hub,
           actor_id, received_at, failure, hold_days, proof, decode(proof_sha256, 'hex'), proof_matches, seal
         FROM json_to_recordset($2::json) AS c(unit_id text, id text, at timestamptz, act text, step text, place text, units json,
           container_id text, read_at_hub uuid, actor_id text, received_at timestamptz, failure text, hold_days smallint, proof text,
           proof_sha256 text, proof_matches boolean, seal text)
         ON CONFLICT (unit_id, id) DO NOTHING RETURNING id),
       step AS (
         INSERT INTO unit_trail (unit_id, at, scan_id, scan_of, status, place, container_id, last_scan_id, left_id)
         SELECT t.* FROM json_to_recordset($3::json) AS t(unit_id text, at timestamptz, scan_id text, scan_of text, status text,
           place text, container_id text, last_scan_id text, left_id text)),
       anomaly AS (
         INSERT INTO unit_anomaly (unit_id, at, scan_id, kind)
         SELECT a.* FROM json_to_recordset($4::json) AS a(unit_id text, at timestamptz, scan_id text, kind text))
       SELECT (SELECT count(*) FROM unit)::integer AS units, (SELECT count(*) FROM told)::integer AS scans`,
      [
        JSON.stringify(units.toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1)).map(unitRow)),
        JSON.stringify(scans.map(scanRow)),
        JSON.stringify(steps.map(stepRow)),
        JSON.stringify(anomalies.map(anomalyRow)),
      ],
    );
    return written!.units === units.length && written!.scans === scans.length;
  }

  /**
   * Units that have to do with these since a moment: what each was in then and is in now, what was in it then or has
   * been since, and what was named together with it. Some of them may be these themselves.
   */
  async relatedSince(work: UnitOfWork, unitIds: readonly string[], since: Moment): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `WITH named AS (SELECT unnest($1::text[]) COLLATE "C" AS unit_id),
       step AS (
         SELECT t.* FROM named n, LATERAL (
           SELECT t.scan_id, t.scan_of, t.container_id, t.left_id FROM unit_trail t
           WHERE t.unit_id = n.unit_id AND (t.at, t.scan_id) >= ($2::timestamptz, $3) OFFSET 0) t),
       before AS (
         SELECT b.container_id FROM named n, LATERAL (
           SELECT t.container_id FROM unit_trail t WHERE t.unit_id = n.unit_id AND (t.at, t.scan_id) < ($2::timestamptz, $3)
           ORDER BY t.at DESC, t.scan_id DESC LIMIT 1) b),
       together AS (
         SELECT c.units, c.container_id FROM (SELECT DISTINCT scan_of, scan_id FROM step) k, LATERAL (
           SELECT c.units, c.container_id FROM scan c WHERE c.unit_id = k.scan_of AND c.id = k.scan_id OFFSET 0) c)
       SELECT container_id AS "unitId" FROM step WHERE container_id IS NOT NULL
       UNION SELECT left_id FROM step WHERE left_id IS NOT NULL
       UNION SELECT container_id FROM before WHERE container_id IS NOT NULL
       UNION SELECT container_id FROM together WHERE container_id IS NOT NULL
       UNION SELECT unnest(units) FROM together
       UNION SELECT held.unit_id FROM named n, LATERAL (
         SELECT s.unit_id FROM unit_state s WHERE s.container_id = n.unit_id OFFSET 0) held
       UNION SELECT gone.unit_id FROM named n, LATERAL (
         SELECT t.unit_id FROM unit_trail t WHERE t.left_id = n.unit_id AND t.at >= $2::timestamptz OFFSET 0) gone`,
      [unitIds, instantText(since.at), since.id],
    );
    return rows.map(({ unitId }) => unitId);
  }

  /** How these units stood before a moment; one that was not known then has no row. */
  before(work: UnitOfWork, unitIds: readonly string[], since: Moment): Promise<TrailStep[]> {
    return work.query(
      `SELECT step.* FROM unnest($1::text[]) n(unit_id), LATERAL (
         SELECT ${STEP} FROM unit_trail t WHERE t.unit_id = n.unit_id AND (t.at, t.scan_id) < ($2::timestamptz, $3)
         ORDER BY t.at DESC, t.scan_id DESC LIMIT 1) step`,
      [unitIds, instantText(since.at), since.id],
    );
  }

  /** Every scan since a moment that had to do with one of these units. */
  scansSince(work: UnitOfWork, unitIds: readonly string[], since: Moment): Promise<StoredScan[]> {
    return work.query(
      `SELECT scan.* FROM (
         SELECT DISTINCT t.scan_of, t.scan_id FROM unnest($1::text[]) n(unit_id), LATERAL (
           SELECT t.scan_of, t.scan_id FROM unit_trail t
           WHERE t.unit_id = n.unit_id AND (t.at, t.scan_id) >= ($2::timestamptz, $3) OFFSET 0) t) k,
         LATERAL (SELECT ${SCAN} FROM scan c WHERE c.unit_id = k.scan_of AND c.id = k.scan_id OFFSET 0) scan`,
      [unitIds, instantText(since.at), since.id],
    );
  }

  /** These units, each row locked in the order of the units. */
  async lock(work: UnitOfWork, unitIds: readonly string[]): Promise<KnownUnit[]> {
    return work.query(
      `SELECT ${UNIT} FROM unit_state s WHERE s.unit_id = ANY ($1::text[]) ORDER BY s.unit_id FOR UPDATE`,
      [unitIds],
    );
  }

  /** Forgets what these units went through since a moment, to be told anew. */
  async forgetSince(work: UnitOfWork, unitIds: readonly string[], since: Moment): Promise<void> {
    const values = [unitIds, instantText(since.at), since.id];
    const gone = `unit_id = ANY ($1::text[]) AND (at, scan_id) >= ($2::timestamptz, $3)`;
    await work.query(`DELETE FROM unit_trail WHERE ${gone}`, values);
    await work.query(`DELETE FROM unit_anomaly WHERE ${gone}`, values);
  }

  async unit(work: UnitOfWork, unitId: string): Promise<KnownUnit | null> {
    const [row] = await work.query<KnownUnit>(`SELECT ${UNIT} FROM unit_state s WHERE s.unit_id = $1`, [
      unitId,
    ]);
    return row ?? null;
  }

  /** The way a unit came, in order. */
  trail(work: UnitOfWork, unitId: string): Promise<TrailStep[]> {
    return work.query(
      `SELECT ${STEP} FROM unit_trail t WHERE t.unit_id = $1 ORDER BY t.at, t.scan_id LIMIT 1000`,
      [unitId],
    );
  }

  /** {@link trail} with what each scan said, also at the door. */
  doorTrail(work: UnitOfWork, unitId: string): Promise<DoorStep[]> {
    return work.query(
      `SELECT ${STEP}, said.* FROM unit_trail t, LATERAL (
         SELECT c.step, c.read_at_hub AS "readAtHub",
           CASE WHEN c.failure IS NOT NULL OR c.hold_days IS NOT NULL OR c.proof IS NOT NULL THEN json_build_object(
             'failure', c.failure, 'holdDays', c.hold_days, 'proof', c.proof,
             'proofSha256', encode(c.proof_sha256, 'hex'), 'proofMatches', c.proof_matches) END AS door
         FROM scan c WHERE c.unit_id = t.scan_of AND c.id = t.scan_id OFFSET 0) said
       WHERE t.unit_id = $1 ORDER BY t.at, t.scan_id LIMIT 1000`,
      [unitId],
    );
  }

  /** What was read of the seals of these units, and when each was opened, in order. Most units have none. */
  sealReadings(work: UnitOfWork, unitIds: readonly string[]): Promise<(SealReading & { unitId: string })[]> {
    return work.query(
      `SELECT c.unit_id AS "unitId", c.id AS "scanId", ${MICROSECONDS('c.at')} AS at, c.act, c.seal, c.read_at_hub AS "hubId"
       FROM scan c WHERE c.unit_id = ANY ($1::text[]) AND (c.seal IS NOT NULL OR c.act <> 'seen')
       ORDER BY c.at, c.id LIMIT 5000`,
      [unitIds],
    );
  }

  /** What was ever packed into a unit; scans of packing lie with the container. */
  async packedInto(work: UnitOfWork, unitId: string): Promise<string[]> {
    const rows = await work.query<{ unitId: string }>(
      `SELECT DISTINCT unnest(c.units) AS "unitId" FROM scan c WHERE c.unit_id = $1 AND c.act = 'packed' LIMIT 5000`,
      [unitId],
    );
    return rows.map(row => row.unitId);
  }

  anomalies(work: UnitOfWork, unitIds: readonly string[]): Promise<(Anomaly & { at: number })[]> {
    return work.query(
      `SELECT unit_id AS unit, kind, scan_id AS scan, ${MICROSECONDS('at')} AS at FROM unit_anomaly
       WHERE unit_id = ANY ($1::text[]) ORDER BY at, scan_id, kind`,
      [unitIds],
    );
  }

  /** All scans, in no order; for rebuilding. */
  allScans(work: UnitOfWork): Promise<StoredScan[]> {
    return work.query(`SELECT ${SCAN} FROM scan c`);
  }

  allUnits(work: UnitOfWork): Promise<KnownUnit[]> {
    return work.query(`SELECT ${UNIT} FROM unit_state s`);
  }

  allAnomalies(work: UnitOfWork): Promise<(Anomaly & { at: number })[]> {
    return work.query(
      `SELECT unit_id AS unit, kind, scan_id AS scan, ${MICROSECONDS('at')} AS at FROM unit_anomaly`,
    );
  }

  allSteps(work: UnitOfWork): Promise<TrailStep[]> {
    return work.query(`SELECT ${STEP} FROM unit_trail t`);
  }

  /**
   * Stops scans from being taken by others until the unit of work ends. It waits its turn for those under way; they hold no
   * row of it any more then, so that nobody waits for each other. Reading goes on.
   */
  async lockAll(work: UnitOfWork): Promise<void> {
    await work.query(`LOCK TABLE unit_state IN EXCLUSIVE MODE`);
  }

  async forgetAll(work: UnitOfWork): Promise<void> {
    for (const table of ['unit_state', 'unit_trail', 'unit_anomaly'])
      await work.query(`DELETE FROM ${table}`);
  }
}

const unitRow = (unit: KnownUnit) => ({
  unit_id: unit.unitId,
  status: unit.status,
  place: unit.place,
  container_id: unit.container,
  last_scan_id: unit.lastScan,
  settled_at: instantText(unit.settledBy!.at),
  settled_by: unit.settledBy!.id,
  version: unit.version,
});

const scanRow = (scan: ToldScan) => ({
  unit_id: scan.unitId,
  id: scan.id,
  at: instantText(scan.at),
  act: scan.act,
  step: scan.step,
  place: scan.place,
  units: scan.units,
  container_id: scan.container,
  read_at_hub: scan.readAtHub,
  actor_id: scan.actorId,
  received_at: scan.receivedAt,
  failure: scan.door?.failure,
  hold_days: scan.door?.holdDays,
  proof: scan.door?.proof,
  proof_sha256: scan.door?.proofSha256,
  proof_matches: scan.door?.proofMatches,
  seal: scan.seal,
});

const stepRow = (step: TrailStep) => ({
  unit_id: step.unitId,
  at: instantText(step.at),
  scan_id: step.scanId,
  scan_of: step.scanOf,
  status: step.status,
  place: step.place,
  container_id: step.container,
  last_scan_id: step.lastScan,
  left_id: step.left,
});

const anomalyRow = ({ unit, kind, scan, at }: Anomaly & { at: number }) => ({
  unit_id: unit,
  at: instantText(at),
  scan_id: scan,
  kind,
});
