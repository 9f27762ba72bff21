import { Injectable } from '@nestjs/common';
import type { Context } from '../context';
import { Database, type UnitOfWork } from '../database';
import { Texts } from '../i18n';
import { type Table, type TableFault, type TableRow, writeRejected } from './table';

const FAULTS_TOLD = 1_000;

/** How many of a file's rows are new, and how many changed what was known. */
export interface Written {
  added: number;
  changed: number;
}

/** What became of a file: the shape of every import's answer. */
export interface ImportedTable extends Written {
  dryRun: boolean;
  rows: number;
  unchanged: number;
  rejected: number;
  faults: ImportFault[];
  moreFaults: number;
  rejectedCsv: string | null;
}

/** A fault as it is told: in the caller's language, with the row's `code` where the table has such a column. */
export interface ImportFault {
  line: number;
  column: number;
  field: string;
  code: string;
  fault: string;
  reason: string;
}

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

  /** What to answer. `texts` is where the module says its faults, e.g. `delivery.fault`. */
  of(
    ctx: Context,
    { dryRun, texts }: { dryRun: boolean; texts: string },
    table: Table,
    { added, changed }: Written,
  ): ImportedTable {
    const bad = table.rows.filter(row => row.faults.length > 0);
    const told = (fault: TableFault, code: string): ImportFault => {
      const { line, column, field, key } = fault;
      return { line, column, field, code, fault: key, reason: this.sentence(ctx, texts, fault) };
    };
    const faults = [
      ...table.faults.map(fault => told(fault, '')),
      ...bad.flatMap(row => row.faults.map(fault => told(fault, row.text('code').slice(0, 100)))),
    ];
    return {
      dryRun,
      rows: table.rows.length,
      added,
      changed,
      unchanged: table.rows.length - bad.length - added - changed,
      rejected: bad.length,
      faults: faults.slice(0, FAULTS_TOLD),
      moreFaults: Math.max(0, faults.length - FAULTS_TOLD),
      rejectedCsv:
        bad.length > 0
          ? writeRejected(
              table.header,
              bad.map(row => this.withReasons(ctx, texts, row)),
            )
          : null,
    };
  }

  private withReasons(ctx: Context, texts: string, { cells, faults }: TableRow) {
    return { cells, reasons: faults.map(fault => this.sentence(ctx, texts, fault)) };
  }

  private sentence(ctx: Context, texts: string, { field, key, params }: TableFault): string {
    const reason = this.texts.say(ctx, `${texts}.${key}`, { ...params });
    return field ? `${field}: ${reason}` : reason;
  }
}
