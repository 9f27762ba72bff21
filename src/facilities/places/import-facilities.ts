import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CountryWords, type CountryProfile } from '../../localisation';
import { isAllowed, mayAnywhere } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import { AreasStore } from '../areas/areas.store';
import { FacilitiesStore, type FacilityDetails, type Upserted } from './facilities.store';
import type { FacilityImport, FacilityImportFault } from './facility.graphql';
import {
  type FacilityFile,
  type FileFault,
  type FileRow,
  placeOf,
  readFacilityFile,
  writeRejected,
} from './facility-file';
import { checkFacility } from './facility-rules';

const FAULTS_TOLD = 1_000;

type Accepted = FacilityDetails & { id: string; code: string };

/** Thrown to roll a dry run back after it has done everything that the real run does. */
class DryRun extends Error {
  constructor(readonly upserted: Upserted) {
    super('dry run');
  }
}

/**
 * A register of facilities comes in as a file. Each row is accepted or rejected as a whole: what is accepted is stored
 * by code in one statement, so that the same file twice changes nothing, and what is rejected comes back with reasons
 * as a file to mend. Nothing is defaulted.
 */
@Injectable()
export class ImportFacilities {
  constructor(
    private readonly database: Database,
    private readonly words: CountryWords,
    private readonly areas: AreasStore,
    private readonly store: FacilitiesStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  async run(ctx: Context, input: { csv: string; dryRun: boolean }): Promise<FacilityImport> {
    mayAnywhere(ctx, 'facility.import');
    const profile = await this.words.profile(ctx);
    const file = readFacilityFile(input.csv);
    const upserted = await this.stored(ctx, input.dryRun, async work => {
      const accepted = await this.accept(ctx, work, profile, file);
      const done = await this.store.upsert(work, accepted, ctx.now());
      if (accepted.length > 0) this.note(ctx, work, file, done);
      return done;
    });
    return this.report(ctx, input.dryRun, file, upserted);
  }

  private async stored(
    ctx: Context,
    dryRun: boolean,
    body: (work: UnitOfWork) => Promise<Upserted>,
  ): Promise<Upserted> {
    try {
      return await this.database.write(ctx, async work => {
        const upserted = await body(work);
        if (dryRun) throw new DryRun(upserted);
        return upserted;
      });
    } catch (error) {
      if (error instanceof DryRun) return error.upserted;
      throw error;
    }
  }

  /**
   * Checks every row against the country's forms, its areas and where the caller may import; adds the faults to the
   * rows.
   */
  private async accept(
    ctx: Context,
    work: UnitOfWork,
    profile: CountryProfile,
    file: FacilityFile,
  ): Promise<Accepted[]> {
    const areas = await this.areas.byCodes(work, [...new Set(file.rows.map(row => row.areaCode))]);
    const known = await this.store.placesByCode(
      work,
      file.rows.map(row => row.code),
    );
    const seen = new Set<string>();
    return file.rows.flatMap(row => {
      if (!row.entered) return [];
      const { facility, faults } = checkFacility(profile, row.entered);
      const told = new Set(row.faults.map(fault => fault.field)); // one reason a cell is enough
      const add = (field: string, key: string): void => void faults.push({ field, key });
      const area = areas.get(row.areaCode);
      if (row.areaCode !== '' && !area) add('area', 'unknownArea');
      if (area && !isAllowed(ctx, 'facility.import', { areaIds: area.path })) add('area', 'outsideYourArea');
      const place = known.get(row.code);
      if (place && !isAllowed(ctx, 'facility.import', place)) add('code', 'outsideYourArea');
      if (row.code !== '' && seen.has(row.code)) add('code', 'repeated');
      seen.add(row.code);
      const placed = faults.map(fault => placeOf(file.header, row.line, fault));
      row.faults.push(...placed.filter(fault => !told.has(fault.field)));
      return row.faults.length === 0 && area ? [{ ...facility, areaId: area.id, id: ctx.newId() }] : [];
    });
  }

  private note(ctx: Context, work: UnitOfWork, file: FacilityFile, done: Upserted): void {
    const rejected = file.rows.filter(row => row.faults.length > 0).length;
    this.audit.record(ctx, work, {
      action: 'facility.import',
      resource: { type: 'facility', id: null },
      detail: { rows: file.rows.length, rejected, ...done },
    });
  }

  private report(
    ctx: Context,
    dryRun: boolean,
    file: FacilityFile,
    { added, changed }: Upserted,
  ): FacilityImport {
    const bad = file.rows.filter(row => row.faults.length > 0);
    const faults = [
      ...file.faults.map(fault => this.told(ctx, fault, '')),
      ...bad.flatMap(row => row.faults.map(fault => this.told(ctx, fault, row.code))),
    ];
    return {
      dryRun,
      rows: file.rows.length,
      added,
      changed,
      unchanged: file.rows.length - bad.length - added - changed,
      rejected: bad.length,
      faults: faults.slice(0, FAULTS_TOLD),
      moreFaults: Math.max(0, faults.length - FAULTS_TOLD),
      rejectedCsv:
        bad.length > 0
          ? writeRejected(
              file.header,
              bad.map(row => this.withReasons(ctx, row)),
            )
          : null,
    };
  }

  private withReasons(ctx: Context, row: FileRow): { cells: readonly string[]; reasons: string[] } {
    return { cells: row.cells, reasons: row.faults.map(fault => this.sentence(ctx, fault)) };
  }

  private told(ctx: Context, fault: FileFault, code: string): FacilityImportFault {
    const { line, column, field, key } = fault;
    return { line, column, field, code: code.slice(0, 100), fault: key, reason: this.sentence(ctx, fault) };
  }

  private sentence(ctx: Context, fault: FileFault): string {
    const reason = this.texts.say(ctx, `facilities.fault.${fault.key}`, { ...fault.params });
    return fault.field ? `${fault.field}: ${reason}` : reason;
  }
}
