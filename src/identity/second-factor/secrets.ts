import { Injectable } from '@nestjs/common';
import type { Context } from '../../platform/context';
import { KeyManagement, type WrappedColumn } from '../../platform/keys';
import { planeName } from '../planes';

type Account = { kind: 'staff' | 'operator'; id: string };

/** Secrets of authenticators: kept closed, each bound to its account. */
@Injectable()
export class Secrets {
  constructor(private readonly keys: KeyManagement) {}

  seal(ctx: Context, account: Account, secret: Buffer): Buffer {
    return this.keys.wrap(secret, contextOf(ctx, account));
  }

  open(ctx: Context, account: Account, sealed: Buffer): Buffer {
    return this.keys.unwrap(sealed, contextOf(ctx, account));
  }

  /** What the app calls the service. */
  issuerOf(ctx: Context): string {
    return ctx.tenant ? `TikaSetu ${ctx.tenant.code}` : 'TikaSetu';
  }
}

const contextOf = (ctx: Context, { kind, id }: Account): string =>
  ['authenticator', planeName(ctx, kind), kind, id].join('\0');

/** The secrets of authenticators, for whoever changes what they are wrapped with. */
export const WRAPPED_AUTHENTICATORS: WrappedColumn = {
  planes: ['platform', 'tenant'],
  table: 'authenticator',
  column: 'secret_sealed',
  names: ['account_kind', 'account_id'],
  contextOf: (ctx, [kind, id]) => contextOf(ctx, { kind: kind as Account['kind'], id: id! }),
};
