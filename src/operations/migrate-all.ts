import type { Config } from '../platform/config';
import { asOwner, type PlaneTools, preparePlatform, prepareTenant } from '../platform/database';
import { LocalKeyring } from '../platform/keys';

/**
 * Brings the platform plane and every provisioned tenant to this build's version, one after another. A tenant that
 * fails is reported and left behind (the service then does not serve it); the others go on. Returns who failed.
 * `begin` is told of each plane before its turn.
 */
export async function migrateAll(
  config: Config,
  begin: (plane: string) => void = () => undefined,
): Promise<Map<string, Error>> {
  const tools: PlaneTools = {
    ownerUrl: config.ownerUrl!,
    keys: new LocalKeyring(config.masterKey, config.secondMasterKey),
    loginPrefix: config.loginPrefix,
  };
  begin('platform');
  await preparePlatform(tools);
  const failed = new Map<string, Error>();
  for (const code of await provisionedTenants(tools)) {
    begin(code);
    await migrateTenant(tools, code).catch((error: Error) => failed.set(code, error));
  }
  return failed;
}

function provisionedTenants(tools: PlaneTools): Promise<string[]> {
  return asOwner(tools.ownerUrl, async owner => {
    const rows: { code: string }[] = await owner.query(
      `SELECT code FROM platform.tenant WHERE schema_version > 0 ORDER BY code`,
    );
    return rows.map(row => row.code);
  });
}

async function migrateTenant(tools: PlaneTools, code: string): Promise<void> {
  const version = await prepareTenant(tools, code);
  await asOwner(tools.ownerUrl, owner =>
    owner.query(`UPDATE platform.tenant SET schema_version = $2 WHERE code = $1`, [code, version]),
  );
}
