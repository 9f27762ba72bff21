import { newId } from '../../../src/common';
import type { TenantRef } from '../../../src/platform/context';
import { write } from './clinic';
import type { TestService } from '../service';

/** Opens a hub in a country's area, open day and night, without the verbs of the network; its id. */
export async function addHub(
  service: TestService,
  tenant: TenantRef,
  { code = newId(), area = 0, handling = 0 }: { code?: string; area?: number; handling?: number } = {},
): Promise<string> {
  const [hub] = await write<{ id: string }>(
    service,
    tenant,
    `INSERT INTO hub (id, code, names, level, area_id, handling_minutes, open_days, opens, closes, changed_at)
     SELECT $1, $2, jsonb_build_object('en', 'Hub ' || $2::text, 'bn', 'কেন্দ্র ' || $2::text), 'outlet', id,
       $4, '{1,2,3,4,5,6,7}', '00:00', '23:59', now()
     FROM (SELECT id FROM area WHERE parent_id IS NULL ORDER BY code OFFSET $3 LIMIT 1) a RETURNING id`,
    [newId(), code, area, handling],
  );
  await raiseVersion(service, tenant);
  return hub!.id;
}

/** A departure every hour of the week, on the hour; their ids in the order of departure. */
export async function addHourlyLegs(
  service: TestService,
  tenant: TenantRef,
  leg: { from: string; to: string; minutes: number; past?: number },
): Promise<void> {
  const legs = Array.from({ length: 168 }, (_, hour) => ({
    id: newId(),
    departs: hour * 60 + (leg.past ?? 0),
  }));
  await write(
    service,
    tenant,
    `INSERT INTO leg (from_hub_id, id, to_hub_id, departs, minutes, mode, temperature, active, changed_at)
     SELECT $1, id, $2, departs, $3, 'van', 'AMBIENT', true, now() FROM json_to_recordset($4::json) AS l(id uuid, departs integer)`,
    [leg.from, leg.to, leg.minutes, JSON.stringify(legs)],
  );
  await raiseVersion(service, tenant);
}

const raiseVersion = (service: TestService, tenant: TenantRef) =>
  write(
    service,
    tenant,
    `INSERT INTO delivery_network VALUES ('delivery', 1, now()) ON CONFLICT (name) DO UPDATE SET version = delivery_network.version + 1`,
  );
