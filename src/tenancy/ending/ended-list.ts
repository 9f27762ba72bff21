import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A country that was ended. `since` is when its ministry was invited: another of the same code is not meant. */
export interface EndedCountry {
  code: string;
  since: Date;
}

/**
 * The port to a list, outside the database and its backups, of every country that was ended. A database that comes back
 * from a copy learns from it whom it must not serve any more.
 */
export abstract class EndedList {
  /** Adds a country; resolves when it will outlast a power cut. It may be added twice. */
  abstract add(country: EndedCountry): Promise<void>;
  abstract all(): Promise<EndedCountry[]>;
}

/** A whole line: one that a power cut has torn, with or without another after it, is none. */
const LINE = /^([a-z][a-z0-9]{1,19}) (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z);$/;

/** Keeps the list in a file of a folder, one a line. */
export class EndedFile extends EndedList {
  private readonly path: string;

  constructor(private readonly folder: string) {
    super();
    this.path = join(folder, 'countries.ended');
  }

  async add({ code, since }: EndedCountry): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.appendFile(`${code} ${since.toISOString()};\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async all(): Promise<EndedCountry[]> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const lines = text.split('\n').map(line => LINE.exec(line));
    return lines.flatMap(line => (line ? [{ code: line[1]!, since: new Date(line[2]!) }] : []));
  }
}

/** An installation that says no folder keeps no list; a country that a restore brings back has to be ended by hand. */
export class NoEndedList extends EndedList {
  async add(): Promise<void> {}

  async all(): Promise<EndedCountry[]> {
    return [];
  }
}
