import { Injectable } from '@nestjs/common';
import type { ActorKind, Context } from '../platform/context';
import { Database, type UnitOfWork } from '../platform/database';

/** Where a kind of actor is kept: operators and signatories on the platform plane, everybody else in her country. */
@Injectable()
export class Planes {
  constructor(private readonly database: Database) {}

  read<T>(ctx: Context, kind: ActorKind, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    return isOfPlatform(kind) ? this.database.readPlatform(work) : this.database.read(ctx, work);
  }

  /** Signing in and out goes on in a suspended country, which is still read. */
  write<T>(ctx: Context, kind: ActorKind, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
    return isOfPlatform(kind)
      ? this.database.writePlatform(work)
      : this.database.writeEvenIfSuspended(ctx, work);
  }
}

export const isOfPlatform = (kind: ActorKind): boolean =>
  kind === 'operator' || kind === 'signatory' || kind === 'operator-entrant';

/** The plane's name, by which what is remembered of one is kept apart from the others. */
export const planeName = (ctx: Pick<Context, 'tenant'>, kind: ActorKind): string =>
  isOfPlatform(kind) ? 'platform' : `tenant:${ctx.tenant?.code}`;
