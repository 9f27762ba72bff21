import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '../../../src/common';
import type { Actor, Context } from '../../../src/platform/context';

/** The files of a country pack in a folder, as the API takes them. */
export function packFiles(folder: string): { name: string; content: string }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.(json|csv)$/.test(name))
    .sort()
    .map(name => ({ name: name.replaceAll('\\', '/'), content: readFileSync(join(folder, name), 'utf8') }));
}

/**
 * The context with somebody in it who may draft and publish. Each call is another person: a pack comes into force by
 * two.
 */
export function asAdministrator(ctx: Context): Context {
  const grants: Actor['grants'] = [{ role: 'configuration-admin', reach: { kind: 'country' } }];
  return { ...ctx, actor: { kind: 'staff', id: newId(), grants } };
}
