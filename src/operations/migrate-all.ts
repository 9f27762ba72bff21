import type { Config } from '../platform/config';
import { asOwner, ownerAt, type PlaneTools, preparePlatform, prepareTenant } from '../platform/database';
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
  for (const tenant of await provisionedTenants(tools)) {
    begin(tenant.code);
    await migrateTenant(tools, tenant).catch((error: Error) => failed.set(tenant.code, error));
  }
  return failed;
}

/** A country, and the server that it lives on; null for the platform's own. */
interface Provisioned {
  code: string;
  placementUrl: string | null;
}

function provisionedTenants(tools: PlaneTools): Promise<Provisioned[]> {
  return asOwner(tools.ownerUrl, owner =>
    owner.query(
      `SELECT t.code, p.url AS "placementUrl"
       FROM platform.tenant t JOIN platform.placement p ON p.id = t.placement_id
       WHERE t.schema_version > 0 ORDER BY t.code`,
    ),
  );
}

async function migrateTenant(tools: PlaneTools, { code, placementUrl }: Provisioned): Promise<void> {
  const there = { ...tools, ownerUrl: ownerAt(placementUrl, tools.ownerUrl) };
  const version = await prepareTenant(there, code);
  await asOwner(tools.ownerUrl, owner =>
    owner.query(`UPDATE platform.tenant SET schema_version = $2 WHERE code = $1`, [code, version]),
  );
}
