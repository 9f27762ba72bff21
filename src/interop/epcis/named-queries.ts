import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import type { Json } from './document-rules';
import { EpcisProblem } from './epcis-problems';
import { EpcisStore } from './epcis.store';
import { mayOwn } from './events-owner';
import { readQuery } from './query-rules';

const NAME = /^[\w.~-]{1,100}$/;
/** Queries that a partner may keep. */
const MOST = 100;

/** A query that a partner keeps under a name. */
export interface NamedQuery {
  name: string;
  query: Json;
}

/** Queries kept under a name of the partner's own (EPCIS 2.0 REST binding, `/queries`). */
@Injectable()
export class NamedQueries {
  constructor(
    private readonly database: Database,
    private readonly store: EpcisStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws ValidationException with where the fault is, ResourceAlreadyExistsException. */
  async add(ctx: Context, body: unknown): Promise<NamedQuery> {
    const { partnerId } = mayOwn(ctx, 'event.read');
    const { name, query } = readDefinition(body);
    await this.database.write(ctx, async work => {
      if ((await this.store.queries(work, partnerId)).length >= MOST)
        throw new EpcisProblem('CaptureLimitExceededException');
      if (!(await this.store.addQuery(work, partnerId, name, query, ctx.now())))
        throw new EpcisProblem('ResourceAlreadyExistsException');
      this.audit.record(ctx, work, {
        action: 'event.keep-query',
        resource: { type: 'epcis-query', id: name },
      });
    });
    return { name, query };
  }

  all(ctx: Context): Promise<NamedQuery[]> {
    const { partnerId } = mayOwn(ctx, 'event.read');
    return this.database.read(ctx, work => this.store.queries(work, partnerId));
  }

  /** Throws NOT_FOUND. */
  async one(ctx: Context, name: string): Promise<NamedQuery> {
    const found = (await this.all(ctx)).find(one => one.name === name);
    if (!found) throw notFound();
    return found;
  }

  /** Throws NOT_FOUND. */
  async remove(ctx: Context, name: string): Promise<void> {
    const { partnerId } = mayOwn(ctx, 'event.read');
    await this.database.write(ctx, async work => {
      if (!NAME.test(name) || !(await this.store.removeQuery(work, partnerId, name))) throw notFound();
      this.audit.record(ctx, work, {
        action: 'event.remove-query',
        resource: { type: 'epcis-query', id: name },
      });
    });
  }
}

function readDefinition(body: unknown): NamedQuery {
  const { name, query } = (typeof body === 'object' && body !== null ? body : {}) as Partial<NamedQuery>;
  if (typeof name !== 'string' || !NAME.test(name)) throw refused('/name', 'is not a name of a query');
  if (typeof query !== 'object' || query === null || Array.isArray(query))
    throw refused('/query', 'must be object');
  const read = readQuery(query, {});
  if ('at' in read) throw refused(`/query${read.at}`, read.message);
  return { name, query };
}

const refused = (at: string, message: string): EpcisProblem =>
  new EpcisProblem('ValidationException', [{ at, message }]);
