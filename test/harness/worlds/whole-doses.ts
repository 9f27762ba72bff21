/** What a dose leaves behind in its own transaction, one of each: the ids of the doses that have it. */
const TRACES: Readonly<Record<string, string>> = {
  'move in the ledger': `SELECT reference_id AS id FROM stock_move WHERE to_account = 'given'`,
  'entry in the trail': `SELECT resource_id FROM audit_entry WHERE action = 'vaccination.record'`,
  announcement: `SELECT payload->>'vaccinationId' FROM outbox_event WHERE type = 'vaccinations.dose-recorded'`,
  'idempotency key': `SELECT result_id FROM idempotency_key WHERE result_id IN (SELECT id::text FROM vaccination)`,
};

/** Places that are not as the appointments say. */
const PLACES = `
  SELECT 'places of session ' || p.session_id || ': ' || p.held || ' held, ' || p.booked || ' booked; appointments: '
    || a.held || ', ' || a.booked AS fault
  FROM session_places p, LATERAL (
    SELECT count(*) FILTER (WHERE state = 'HELD') AS held, count(*) FILTER (WHERE state = 'BOOKED') AS booked
    FROM appointment a WHERE a.facility_id = p.facility_id AND a.session_id = p.session_id AND a.pool = p.pool) a
  WHERE (p.held, p.booked) <> (a.held, a.booked)`;

/**
 * What is half written in a country whose doses were all recorded through the API: a dose without its move in the stock
 * ledger, its entry in the trail, its announcement or its key; one that has two of them; one of these that is of no dose; a
 * shelf that is not what its ledger says; a counter of places that is not what the appointments say. A line each; none is
 * as it should be.
 */
export async function halfWritten(query: <Row>(sql: string) => Promise<Row[]>): Promise<string[]> {
  const faults: string[] = [];
  for (const [trace, ids] of Object.entries(TRACES)) {
    const found = await query<{ id: string; traces: number }>(
      `SELECT coalesce(d.id, t.id) AS id, CASE WHEN d.id IS NULL THEN -1 ELSE t.traces END AS traces
       FROM (SELECT id::text FROM vaccination WHERE kind = 'given') d
         FULL JOIN (SELECT id, count(*)::integer AS traces FROM (${ids}) AS all_of (id) GROUP BY id) t ON t.id = d.id
       WHERE t.traces IS DISTINCT FROM 1 OR d.id IS NULL`,
    );
    faults.push(
      ...found.map(({ id, traces }) =>
        traces === -1 ? `${trace} of ${id}, which is no dose` : `dose ${id} with ${traces ?? 0} × ${trace}`,
      ),
    );
  }
  const shelves = await query<{ fault: string }>(
    `SELECT 'lot ' || lot_id || ': ' || s.doses || ' on the shelf, ' || l.doses || ' in the ledger' AS fault
     FROM stock_on_hand s JOIN (
       SELECT facility_id, lot_id,
         sum(doses * ((to_account = 'on-hand')::integer - (from_account = 'on-hand')::integer)) AS doses
       FROM stock_move GROUP BY facility_id, lot_id) l USING (facility_id, lot_id)
     WHERE s.doses <> l.doses`,
  );
  const places = await query<{ fault: string }>(PLACES);
  return [...faults, ...[...shelves, ...places].map(({ fault }) => fault)];
}
