import type { Client } from 'pg';
import { UnitOfWork } from '../../src/platform/database';

/** Tables that grow with a country's people and days; no hot statement reads one of them from end to end. */
const GROWING: ReadonlySet<string> = new Set([
  'appointment',
  'appointment_claim',
  'audit_entry',
  'consignment',
  'consignment_plan',
  'facility',
  'idempotency_key',
  'identifier_claim',
  'outbox_event',
  'pending_dose',
  'person',
  'person_account',
  'person_code_claim',
  'person_contact',
  'person_forecast',
  'person_identifier',
  'person_match_key',
  'session',
  'session_places',
  'sign_in_code',
  'stock_move',
  'stock_on_hand',
  'stock_use_month',
  'temperature_reading',
  'tracking_code',
  'unit_trail',
  'vaccination',
  'vaccine_group_forecast',
]);

/** Indexes that are read in their own order until enough is found, without a condition to begin at. */
const READ_IN_ORDER: ReadonlySet<string> = new Set(['outbox_event_waiting_index']);

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  'Conflict Arbiter Indexes'?: string[];
  Plans?: PlanNode[];
}

/** How PostgreSQL would carry out a statement. */
export interface Plan {
  sql: string;
  /** Names of the indexes that it reads, or that tell it of a conflict. */
  indexes: ReadonlySet<string>;
  /** Those of them that say all that is asked, so that their tables need not be read. */
  alone: ReadonlySet<string>;
  /** What it reads from end to end though it grows, in words. */
  faults: readonly string[];
}

/** The texts of all statements that the service sends to countries' databases while `act` runs, as it sends them. */
export async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const asked = jest.spyOn(UnitOfWork.prototype, 'query');
  const read = jest.spyOn(UnitOfWork.prototype, 'rows');
  const texts = new Set<string>();
  try {
    await act();
    for (const [sql] of asked.mock.calls) texts.add(sql);
    for (const [, sql] of read.mock.calls) texts.add(sql);
  } finally {
    asked.mockRestore();
    read.mockRestore();
  }
  return [...texts].filter(sql => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/.test(sql));
}

/**
 * The plan that a prepared statement settles on, whatever its parameters. `owner` is a session of the database's owner with
 * the country's schema in its search path. Throws when a table, column or constraint that the statement names is missing.
 */
export async function planOf(owner: Client, sql: string): Promise<Plan> {
  await owner.query('SET plan_cache_mode = force_generic_plan');
  const answer = await owner.query(`EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${sql}`);
  const nodes = nodesOf((answer.rows[0]['QUERY PLAN'] as { Plan: PlanNode }[])[0]!.Plan);
  return {
    sql,
    indexes: new Set(
      nodes.flatMap(node => [node['Index Name'] ?? [], node['Conflict Arbiter Indexes'] ?? []].flat()),
    ),
    alone: new Set(
      nodes.flatMap(node => (node['Node Type'] === 'Index Only Scan' ? (node['Index Name'] ?? []) : [])),
    ),
    faults: nodes.flatMap(node => faultOf(node) ?? []),
  };
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

function faultOf(node: PlanNode): string | null {
  const [table, index] = [node['Relation Name'], node['Index Name']];
  if (node['Node Type'] === 'Seq Scan' && table && GROWING.has(table)) return `reads all of ${table}`;
  const whole = index && !node['Index Cond'] && !READ_IN_ORDER.has(index);
  const grows = !table || GROWING.has(table);
  return whole && grows ? `reads ${index} from end to end` : null;
}
