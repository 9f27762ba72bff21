import { DataSource } from 'typeorm';
import type { Config } from '../platform/config';
import { type PlaneTools, preparePlatform, prepareTenant } from '../platform/database';
import { LocalKeyring } from '../platform/keys';

/** Told of each plane before it is brought up to date. */
export type Progress = (plane: string, done: number, total: number) => void;

/**
 * Brings the platform plane and every provisioned tenant to this build's version, one after another. A tenant that
 * fails is reported and left behind (the service then does not serve it); the others go on. Returns who failed.
 */
export async function migrateAll(
  config: Config,
  progress: Progress = () => undefined,
): Promise<Map<string, Error>> {
  const tools: PlaneTools = {
    ownerUrl: config.ownerUrl!,
    keys: new LocalKeyring(config.masterKey),
    loginPrefix: config.loginPrefix,
  };
  progress('platform', 0, 1);
  await preparePlatform(tools);
  const failed = new Map<string, Error>();
  const owner = await new DataSource({
    type: 'postgres',
    url: tools.ownerUrl,
    installExtensions: false,
  }).initialize();
  try {
    const tenants: { code: string }[] = await owner.query(
      `SELECT code FROM platform.tenant WHERE schema_version > 0 ORDER BY code`,
    );
    for (const [index, { code }] of tenants.entries()) {
      progress(code, index, tenants.length);
      await migrateTenant(owner, tools, code).catch((error: Error) => failed.set(code, error));
    }
  } finally {
    await owner.destroy();
  }
  return failed;
}

async function migrateTenant(owner: DataSource, tools: PlaneTools, code: string): Promise<void> {
  const version = await prepareTenant(tools, code);
  await owner.query(`UPDATE platform.tenant SET schema_version = $2 WHERE code = $1`, [code, version]);
}
