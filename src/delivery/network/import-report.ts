import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Texts } from '../../platform/i18n';
import type { NetworkImport, NetworkImportFault } from './network.graphql';
import { type FileFault, type Table, type TableRow, writeRejected } from './network-file';
import type { Written } from './network.store';

const FAULTS_TOLD = 1_000;

/** Thrown to roll a dry run back after it has done everything that the real run does. */
class DryRun extends Error {
  constructor(readonly written: Written) {
    super('dry run');
  }
}

/** What every import of a table does: run dry or not, and tell what became of the rows. */
@Injectable()
export class ImportReport {
  constructor(
    private readonly database: Database,
    private readonly texts: Texts,
  ) {}

  /** What `body` wrote, committed unless the run is dry. */
  async written(
    ctx: Context,
    dryRun: boolean,
    body: (work: UnitOfWork) => Promise<Written>,
  ): Promise<Written> {
    try {
      return await this.database.write(ctx, async work => {
        const written = await body(work);
        if (dryRun) throw new DryRun(written);
        return written;
      });
    } catch (error) {
      if (error instanceof DryRun) return error.written;
      throw error;
    }
  }

  of(ctx: Context, dryRun: boolean, table: Table, { added, changed }: Written): NetworkImport {
    const bad = table.rows.filter(row => row.faults.length > 0);
    const faults = [...table.faults, ...bad.flatMap(row => row.faults)];
    return {
      dryRun,
      rows: table.rows.length,
      added,
      changed,
      unchanged: table.rows.length - bad.length - added - changed,
      rejected: bad.length,
      faults: faults.slice(0, FAULTS_TOLD).map(fault => this.told(ctx, fault)),
      moreFaults: Math.max(0, faults.length - FAULTS_TOLD),
      rejectedCsv:
        bad.length > 0
          ? writeRejected(
              table.header,
              bad.map(row => this.withReasons(ctx, row)),
            )
          : null,
    };
  }

  private withReasons(ctx: Context, { cells, faults }: TableRow) {
    return { cells, reasons: faults.map(fault => this.sentence(ctx, fault)) };
  }

  private told(ctx: Context, fault: FileFault): NetworkImportFault {
    const { line, column, field, key } = fault;
    return { line, column, field, fault: key, reason: this.sentence(ctx, fault) };
  }

  private sentence(ctx: Context, fault: FileFault): string {
    const reason = this.texts.say(ctx, `delivery.fault.${fault.key}`, { ...fault.params });
    return fault.field ? `${fault.field}: ${reason}` : reason;
  }
}
