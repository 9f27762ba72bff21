import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords, type CountryProfile } from '../../localisation';
import { isAllowed, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { ImportReport, readTable, type Written } from '../../platform/tables';
import { AreasStore } from '../areas/areas.store';
import { FacilitiesStore, type FacilityDetails } from './facilities.store';
import type { FacilityImport } from './facility.graphql';
import { addFaults, FACILITY_FORM, type FacilityEntry, readFacility } from './facility-file';
import { checkFacility } from './facility-rules';

type Accepted = FacilityDetails & { id: string; code: string };

/**
 * A register of facilities comes in as a file. Each row is accepted or rejected as a whole: what is accepted is stored
 * by code in one statement, so that the same file twice changes nothing, and what is rejected comes back with reasons
 * as a file to mend. Nothing is defaulted.
 */
@Injectable()
export class ImportFacilities {
  constructor(
    private readonly words: CountryWords,
    private readonly areas: AreasStore,
    private readonly store: FacilitiesStore,
    private readonly report: ImportReport,
    private readonly audit: AuditTrail,
  ) {}

  async run(ctx: Context, { csv, dryRun }: { csv: string; dryRun: boolean }): Promise<FacilityImport> {
    mayAnywhere(ctx, 'facility.import');
    const profile = await this.words.profile(ctx);
    const table = readTable(csv, FACILITY_FORM);
    const entries = table.rows.map(readFacility);
    const written = await this.report.written(ctx, dryRun, async work => {
      const accepted = await this.accept(ctx, work, profile, entries);
      const done = await this.store.upsert(work, accepted, ctx.now());
      if (accepted.length > 0) this.note(ctx, work, entries, done);
      return done;
    });
    return this.report.of(ctx, { dryRun, texts: 'facilities.fault' }, table, written);
  }

  /**
   * Checks every row against the country's forms, its areas and where the caller may import; adds the faults to the
   * rows.
   */
  private async accept(
    ctx: Context,
    work: UnitOfWork,
    profile: CountryProfile,
    entries: readonly FacilityEntry[],
  ): Promise<Accepted[]> {
    const areas = await this.areas.byCodes(work, [...new Set(entries.map(({ areaCode }) => areaCode))]);
    const known = await this.store.placesByCode(
      work,
      entries.map(({ entered }) => entered.code),
    );
    const seen = new Set<string>();
    return entries.flatMap(({ row, areaCode, entered }) => {
      const { facility, faults } = checkFacility(profile, entered);
      addFaults(row, faults);
      const [area, place] = [areas.get(areaCode), known.get(entered.code)];
      if (!area) row.fault('area', 'unknownArea');
      else if (!isAllowed(ctx, 'facility.import', { areaIds: area.path }))
        row.fault('area', 'outsideYourArea');
      if (place && !isAllowed(ctx, 'facility.import', place)) row.fault('code', 'outsideYourArea');
      if (seen.has(entered.code)) row.fault('code', 'repeated');
      seen.add(entered.code);
      return row.faults.length === 0 && area ? [{ ...facility, areaId: area.id, id: ctx.newId() }] : [];
    });
  }

  private note(ctx: Context, work: UnitOfWork, entries: readonly FacilityEntry[], done: Written): void {
    const rejected = entries.filter(({ row }) => row.faults.length > 0).length;
    this.audit.record(ctx, work, {
      action: 'facility.import',
      resource: { type: 'facility', id: null },
      detail: { rows: entries.length, rejected, ...done },
    });
  }
}
