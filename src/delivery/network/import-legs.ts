import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { isAllowed, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { ImportReport, readTable, type TableRow, type Written } from '../../platform/tables';
import { type EnteredLeg, LEG_FORM, placeOf, readLeg } from './hub-rules';
import type { NetworkImport } from './network.graphql';
import { type LegRow, NetworkStore } from './network.store';

/** Weekly departures come in as a file, row by row; one that no longer runs is sent with `active` no. */
@Injectable()
export class ImportLegs {
  constructor(
    private readonly store: NetworkStore,
    private readonly report: ImportReport,
    private readonly audit: AuditTrail,
  ) {}

  async run(ctx: Context, input: { csv: string; dryRun: boolean }): Promise<NetworkImport> {
    mayAnywhere(ctx, 'network.change');
    const table = readTable(input.csv, LEG_FORM);
    const entries = table.rows.map(row => ({ row, leg: readLeg(row) }));
    const written = await this.report.written(ctx, input.dryRun, async work => {
      await this.store.lock(work, ctx.now());
      return this.save(ctx, work, await this.accept(ctx, work, entries), entries.length);
    });
    return this.report.of(ctx, { dryRun: input.dryRun, texts: 'delivery.fault' }, table, written);
  }

  /** Whoever may change a hub may change what departs from it. */
  private async accept(
    ctx: Context,
    work: UnitOfWork,
    entries: readonly { row: TableRow; leg: EnteredLeg }[],
  ): Promise<LegRow[]> {
    const codes = new Set(entries.flatMap(({ leg }) => [leg.fromCode, leg.toCode]));
    const hubs = await this.store.hubsByCode(work, [...codes]);
    const seen = new Set<string>();
    return entries.flatMap(({ row, leg: { fromCode, toCode, ...leg } }) => {
      const [from, to] = [hubs.get(fromCode), hubs.get(toCode)];
      if (!from) row.fault('from', 'unknownHub');
      else if (!isAllowed(ctx, 'network.change', placeOf(from))) row.fault('from', 'outsideYourArea');
      if (!to) row.fault('to', 'unknownHub');
      const identity = [fromCode, toCode, leg.departs, leg.mode, leg.temperature].join();
      if (seen.has(identity)) row.fault('', 'repeatedLeg');
      seen.add(identity);
      if (row.faults.length > 0 || !from || !to) return [];
      return [{ ...leg, id: ctx.newId(), fromHubId: from.id, toHubId: to.id }];
    });
  }

  private async save(
    ctx: Context,
    work: UnitOfWork,
    accepted: readonly LegRow[],
    rows: number,
  ): Promise<Written> {
    if (accepted.length === 0) return { added: 0, changed: 0 };
    const written = await this.store.upsertLegs(work, accepted, ctx.now());
    if (written.added + written.changed > 0) await this.store.raiseVersion(work, ctx.now());
    this.audit.record(ctx, work, {
      action: 'network.import',
      resource: { type: 'leg', id: null },
      detail: { rows, rejected: rows - accepted.length, ...written },
    });
    return written;
  }
}
