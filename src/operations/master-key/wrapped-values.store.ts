import { Injectable } from '@nestjs/common';
import type { TenantRef } from '../../platform/context';
import type { Owner } from '../../platform/database';
import type { WrappedColumn } from '../../platform/keys';

/** A wrapped value and the row it stands in. */
export interface WrappedValue {
  names: string[];
  wrapped: Buffer;
}

/**
 * Reads and replaces wrapped values as the owner of the schemas: the service's own logins may add keys and not change
 * them, and that is to stay so. Names of schemas and columns come from our own code.
 */
@Injectable()
export class WrappedValuesStore {
  /** Every tenant that has a schema, whatever its state: also what is archived must open afterwards. */
  tenants(owner: Owner): Promise<TenantRef[]> {
    return owner.query(
      `SELECT t.code, t.country, t.state, p.url AS "placementUrl", t.time_zone AS "timeZone"
       FROM platform.tenant t JOIN platform.placement p ON p.id = t.placement_id
       WHERE t.schema_version > 0 ORDER BY t.code`,
    );
  }

  values(owner: Owner, schema: string, { table, column, names }: WrappedColumn): Promise<WrappedValue[]> {
    const texts = names.map(name => `${name}::text`).join(', ');
    return owner.query(
      `SELECT ARRAY[${texts}] AS names, ${column} AS wrapped FROM ${schema}.${table} WHERE ${column} IS NOT NULL`,
    );
  }

  /** Puts one in the place of another; not where somebody has put a third meanwhile. */
  async replace(
    owner: Owner,
    schema: string,
    { table, column, names }: WrappedColumn,
    value: WrappedValue,
    wrapped: Buffer,
  ): Promise<void> {
    const where = names.map((name, i) => `${name}::text = $${i + 3}`).join(' AND ');
    await owner.query(`UPDATE ${schema}.${table} SET ${column} = $1 WHERE ${column} = $2 AND ${where}`, [
      wrapped,
      value.wrapped,
      ...value.names,
    ]);
  }
}
