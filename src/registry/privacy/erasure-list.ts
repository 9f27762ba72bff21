import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isId } from '../../common';

/**
 * The port to a list, outside the database and its backups, of everybody who was erased: ids and nothing else. A
 * database that comes back from a copy learns from it whom it must not know any more.
 */
export abstract class ErasureList {
  /** Adds people of a country; resolves when they will outlast a power cut. Somebody may be added twice. */
  abstract add(tenant: string, personIds: readonly string[]): Promise<void>;
  /** Everybody who was ever added. */
  abstract all(tenant: string): Promise<ReadonlySet<string>>;
}

/** Keeps the list of each country in a file of a folder, one id a line. */
export class ErasureFolder extends ErasureList {
  constructor(private readonly folder: string) {
    super();
  }

  /** One write for all of them, so that two workers' lines do not mix. */
  async add(tenant: string, personIds: readonly string[]): Promise<void> {
    if (personIds.length === 0) return;
    await mkdir(this.folder, { recursive: true });
    const file = await open(this.fileOf(tenant), 'a', 0o600);
    try {
      await file.appendFile(personIds.map(id => `${id}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
  }

  async all(tenant: string): Promise<ReadonlySet<string>> {
    const text = await readFile(this.fileOf(tenant), 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    return new Set(text.split('\n').filter(isId)); // a line that a power cut has torn is no id
  }

  private fileOf(tenant: string): string {
    return join(this.folder, `${tenant}.erased`);
  }
}

/**
 * An installation that says no folder keeps no list; what a restored database brings back has to be erased anew by
 * hand.
 */
export class NoErasureList extends ErasureList {
  async add(): Promise<void> {}

  async all(): Promise<ReadonlySet<string>> {
    return new Set();
  }
}
