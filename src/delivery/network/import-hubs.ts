import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { FacilitiesStore, Places } from '../../facilities';
import { CountryWords } from '../../localisation';
import { isAllowed, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { ImportReport, readTable, type TableRow, type Written } from '../../platform/tables';
import { type EnteredHub, HUB_FORM, placeOf, readHub } from './hub-rules';
import type { NetworkImport } from './network.graphql';
import { type HubDetails, type HubRow, NetworkStore } from './network.store';

interface Entry {
  row: TableRow;
  hub: EnteredHub;
}

type Accepted = HubDetails & { id: string; serves: string[] };

/**
 * A register of hubs comes in as a file, of any depth. Each row is accepted or rejected as a whole; what is accepted is
 * stored by code, so that the same file twice changes nothing. Nothing is defaulted.
 */
@Injectable()
export class ImportHubs {
  constructor(
    private readonly words: CountryWords,
    private readonly places: Places,
    private readonly facilities: FacilitiesStore,
    private readonly store: NetworkStore,
    private readonly report: ImportReport,
    private readonly audit: AuditTrail,
  ) {}

  async run(ctx: Context, input: { csv: string; dryRun: boolean }): Promise<NetworkImport> {
    mayAnywhere(ctx, 'network.change');
    const profile = await this.words.profile(ctx);
    const table = readTable(input.csv, HUB_FORM);
    const entries = table.rows.map(row => ({ row, hub: readHub(row, profile) }));
    const written = await this.report.written(ctx, input.dryRun, async work => {
      await this.store.lock(work, ctx.now());
      return this.save(ctx, work, await this.accept(ctx, work, entries), entries.length);
    });
    return this.report.of(ctx, { dryRun: input.dryRun, texts: 'delivery.fault' }, table, written);
  }

  /**
   * Checks every row against the country's areas and places, the hubs it has and where the caller may; adds faults to
   * the rows.
   */
  private async accept(ctx: Context, work: UnitOfWork, entries: readonly Entry[]): Promise<Accepted[]> {
    const named = entries.flatMap(({ hub }) => [hub.areaCode, ...hub.serves]);
    const areas = await this.places.areasByCode(work, [...new Set(named)]);
    const places = await this.facilities.placesByCode(
      work,
      entries.flatMap(({ hub }) => hub.facilityCode ?? []),
    );
    const known = new Map((await this.store.allHubs(work)).map(hub => [hub.code, hub]));
    const seen = new Set<string>();
    for (const { row, hub } of entries) {
      const area = areas.get(hub.areaCode);
      const there = known.get(hub.code);
      if (!area) row.fault('area', 'unknownArea');
      else if (!isAllowed(ctx, 'network.change', { areaIds: area.path }))
        row.fault('area', 'outsideYourArea');
      if (there && !isAllowed(ctx, 'network.change', placeOf(there))) row.fault('code', 'outsideYourArea');
      if (hub.facilityCode && !places.has(hub.facilityCode)) row.fault('facility', 'unknownFacility');
      if (hub.serves.some(code => !areas.has(code))) row.fault('serves', 'unknownArea');
      if (seen.has(hub.code)) row.fault('code', 'repeated');
      seen.add(hub.code);
    }
    const ids = settleParents(ctx, entries, known);
    return entries
      .filter(({ row }) => row.faults.length === 0)
      .map(({ hub: { parentCode, areaCode, facilityCode, serves, ...hub } }) => ({
        ...hub,
        id: ids.get(hub.code)!,
        parentId: parentCode && ids.get(parentCode)!,
        areaId: areas.get(areaCode)!.id,
        facilityId: facilityCode && places.get(facilityCode)!.facilityId,
        serves: serves.map(code => areas.get(code)!.id),
      }));
  }

  private async save(
    ctx: Context,
    work: UnitOfWork,
    accepted: readonly Accepted[],
    rows: number,
  ): Promise<Written> {
    if (accepted.length === 0) return { added: 0, changed: 0 };
    const before = new Map((await this.store.allHubs(work)).map(hub => [hub.id, hub]));
    const { added, changed } = await this.store.upsertHubs(work, accepted, ctx.now());
    const served = await this.store.setServices(
      work,
      accepted.map(({ id, serves }) => ({ hubId: id, areaIds: serves })),
    );
    const alone = served.filter(id => before.has(id) && !differs(before.get(id)!, accepted)).length;
    if (added + changed > 0) await this.store.raiseVersion(work, ctx.now());
    this.audit.record(ctx, work, {
      action: 'network.import',
      resource: { type: 'hub', id: null },
      detail: { rows, rejected: rows - accepted.length, added, changed: changed + alone },
    });
    return { added, changed: changed + alone };
  }
}

/** Whether a hub is not as it was, the areas it serves aside. */
function differs(before: HubRow, accepted: readonly Accepted[]): boolean {
  const after = accepted.find(({ id }) => id === before.id)!;
  const { areaIds: _, ...was } = before;
  return Object.entries(was).some(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(after[name as keyof Accepted]),
  );
}

/**
 * Ids of all hubs by code, new ones included; a row whose parent is none, or is below it, gets a fault. A row can fall
 * with its parent's, so this goes on until no more do.
 */
function settleParents(
  ctx: Context,
  entries: readonly Entry[],
  known: ReadonlyMap<string, HubRow>,
): Map<string, string> {
  const codes = new Map([...known.values()].map(hub => [hub.id, hub.code]));
  for (let fell = true; fell;) {
    fell = false;
    const parents = new Map(
      [...known.values()].map(hub => [hub.code, codes.get(hub.parentId ?? '') ?? null]),
    );
    const standing = entries.filter(({ row }) => row.faults.length === 0);
    for (const { hub } of standing) parents.set(hub.code, hub.parentCode);
    for (const { row, hub } of standing) {
      if (hub.parentCode && !parents.has(hub.parentCode)) row.fault('parent', 'unknownHub');
      else if (isBelowItself(parents, hub.code)) row.fault('parent', 'circle');
      fell ||= row.faults.length > 0;
    }
  }
  const ids = new Map([...known.values()].map(hub => [hub.code, hub.id]));
  for (const { row, hub } of entries)
    if (row.faults.length === 0 && !ids.has(hub.code)) ids.set(hub.code, ctx.newId());
  return ids;
}

function isBelowItself(parents: ReadonlyMap<string, string | null>, code: string): boolean {
  const above = new Set<string>();
  for (let at = parents.get(code); at; at = parents.get(at)) {
    if (at === code) return true;
    if (above.has(at)) return false;
    above.add(at);
  }
  return false;
}
