import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { CompactEncrypt, importJWK } from 'jose';
import { AuditTrail } from '../../audit';
import { newId } from '../../common';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { Outbox, systemContext } from '../../platform/events';
import { Catalogue } from '../catalogue';
import { TenantKeys } from '../keys/tenant-keys';
import { Rounds } from '../rounds';
import { tenantExported } from '../tenancy.events';
import { HandedOver } from './handed-over';
import { WRAPPED_BY } from './public-key';
import { type SealedFile, sealLines } from './sealed-file';
import { type EndingRow, TenantEndingsStore } from './tenant-endings.store';
import { TenantRowsStore } from './tenant-rows.store';

/** The form of an export, in its manifest: docs/decisions/0054-ending-a-country.md. */
const FORMAT = 'tikasetu-export/1';

/**
 * Makes what a ministry gets when it leaves (licence 10.2): every row that its own login can read, as of one moment,
 * and the keys that open what is sealed in them. It is sealed for the ministry's key while it is written: no operator
 * reads a row, on disk either. A worker that dies leaves a folder that another clears away and begins anew.
 */
@Injectable()
export class ExportTenant implements OnApplicationBootstrap {
  constructor(
    private readonly database: Database,
    private readonly store: TenantEndingsStore,
    private readonly rows: TenantRowsStore,
    private readonly tenantKeys: TenantKeys,
    private readonly keys: HandedOver,
    private readonly catalogue: Catalogue,
    private readonly rounds: Rounds,
    private readonly outbox: Outbox,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    const fault = 'the export of a country that leaves could not be made';
    this.rounds.add({ seconds: 60, fault, platformToo: true, run: ctx => this.run(ctx) });
  }

  /** The turn of the platform plane; countries have none. Throws when no folder is configured for an export to be made. */
  async run(ctx: Context): Promise<void> {
    if (ctx.tenant) return;
    const approved = await this.database.readPlatform(work => this.store.inState(work, 'APPROVED'));
    for (const ending of approved) await this.one(ctx, ending);
  }

  private async one(ctx: Context, ending: EndingRow): Promise<void> {
    const folder = this.config.exportFolder;
    if (!folder) throw new Error('TIKASETU_EXPORT_DIR says where exports are made');
    const tenant = await this.catalogue.byCode(ending.tenantCode);
    if (!tenant) throw new Error('The country is not served, and cannot be exported');
    const name = `${ending.tenantCode}-${newId()}`;
    const making = join(folder, `${name}.making`);
    await mkdir(making, { recursive: true, mode: 0o700 });
    const sha256 = await this.write(systemContext(tenant), ending, making);
    await rename(making, join(folder, name));
    await this.database.writePlatform(work => this.done(ctx, work, ending, { sha256, folder: name }));
    await this.clear(folder, ending.tenantCode);
  }

  /** Everything in the folder, the manifest last; its SHA-256. */
  private async write(ctx: Context, ending: EndingRow, folder: string): Promise<string> {
    const key = randomBytes(32);
    const files: (SealedFile & { table: string; file: string })[] = [];
    const handedOver = await this.database.readSnapshot(ctx, async work => {
      for (const table of await this.rows.tables(work)) {
        const file = `${table}.ndjson.gz.sealed`;
        const place = `${ending.id}/${table}`;
        const sealed = await sealLines(join(folder, file), key, place, this.rows.rows(work, table));
        files.push({ table, file, ...sealed });
      }
      return [...(await this.tenantKeys.handOver(ctx, work)), ...(await this.keys.of(ctx, work))];
    });
    const secret = { exportKey: key.toString('base64url'), keys: handedOver };
    const jwe = await sealedFor(ending, secret);
    await writeWhole(join(folder, 'keys.jwe'), jwe);
    const { code, country } = ctx.tenant!;
    const manifest = {
      format: FORMAT,
      tenant: code,
      country,
      ending: ending.id,
      madeAt: ctx.now().toISOString(),
      schemaVersion: (await this.catalogue.byCode(code))?.schemaVersion,
      keys: { file: 'keys.jwe', sha256: hashOf(jwe) },
      files,
    };
    const text = `${JSON.stringify(manifest, null, 2)}\n`;
    await writeWhole(join(folder, 'manifest.json'), text);
    return hashOf(text);
  }

  private async done(
    ctx: Context,
    work: UnitOfWork,
    ending: EndingRow,
    made: { sha256: string; folder: string },
  ): Promise<void> {
    if (!(await this.store.exported(ctx, work, ending.id, made))) return; // stopped, or another worker was faster
    this.audit.record(ctx, work, {
      action: 'tenant.export',
      resource: { type: 'tenant', id: ending.tenantCode },
      detail: { endingId: ending.id, sha256: made.sha256 },
    });
    this.outbox.announce(ctx, work, tenantExported, ending.tenantCode, { endingId: ending.id });
  }

  /** Takes away what was begun and not ended, and what was not told: all but the folder that the row names. */
  private async clear(folder: string, code: string): Promise<void> {
    const row = await this.database.readPlatform(work => this.store.latest(work, code));
    const ours = (await readdir(folder)).filter(name => name.startsWith(`${code}-`));
    for (const name of ours.filter(one => one !== row?.exportFolder))
      await rm(join(folder, name), { recursive: true, force: true });
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function sealedFor({ publicKey }: EndingRow, secret: object): Promise<string> {
  const key = await importJWK(publicKey, WRAPPED_BY);
  return new CompactEncrypt(Buffer.from(JSON.stringify(secret)))
    .setProtectedHeader({ alg: WRAPPED_BY, enc: 'A256GCM' })
    .encrypt(key);
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
