import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { CONFIG, type Config } from '../../platform/config';
import type { Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Notices } from '../notices/notices';
import { isOfPlatform } from '../planes';
import { type IssuedToken, type TokenHolder, Tokens } from '../tokens/tokens';
import { mustProveKey } from './key-bound-rules';
import { type CameByIssuer, mostAtOnce } from './sign-in-rules';
import { SignInsStore } from './sign-ins.store';

/** Somebody who has proved who she is gets a token, and the sign-in that it stands for is kept. */
@Injectable()
export class StartSignIn {
  constructor(
    private readonly tokens: Tokens,
    private readonly store: SignInsStore,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * On the plane of `holder`. A token is bound to the key that the request proved to hold, if it did. `by` is the issuer
   * that may end it; absent where she came by none. Throws BAD_REQUEST for a request without the proof of a key where one
   * is asked for.
   */
  async in(
    ctx: Context,
    work: UnitOfWork,
    holder: TokenHolder,
    by: CameByIssuer | null = null,
  ): Promise<IssuedToken> {
    await this.mustProveKey(ctx, work, holder);
    const issued = await this.tokens.issue(ctx, holder);
    const device = { device: ctx.device?.name ?? null, key: ctx.device?.key ?? null };
    await this.tellOfDevice(ctx, work, holder, { ...device, id: issued.signInId });
    await this.store.start(work, holder, {
      id: issued.signInId,
      ...device,
      address: ctx.address,
      startedAt: ctx.now(),
      expiresAt: issued.expiresAt,
    });
    if (by) await this.store.cameBy(work, issued.signInId, by);
    await this.store.endOldest(work, holder, mostAtOnce(holder.kind), ctx.now());
    this.audit.record({ ...ctx, actor: holder }, work, {
      action: 'identity.sign-in',
      resource: { type: holder.kind, id: holder.id },
    });
    return issued;
  }

  /** Asked before anything is given, of whoever may come by any way. */
  private async mustProveKey(ctx: Context, work: UnitOfWork, { kind }: TokenHolder): Promise<void> {
    if (ctx.device?.key) return;
    const named = isOfPlatform(kind) ? null : await this.store.keyBoundKinds(work);
    if (mustProveKey(kind, named, this.config)) throw new AppError('BAD_REQUEST', { header: 'DPoP' });
  }

  /** Who works here learns of each device that her account was not used on before; an entrant is not in yet. */
  private async tellOfDevice(
    ctx: Context,
    work: UnitOfWork,
    { kind, id }: TokenHolder,
    started: { id: string; device: string | null; key: string | null },
  ): Promise<void> {
    if (kind !== 'staff' && kind !== 'operator') return;
    if (await this.store.isKnownDevice(work, { kind, id }, started)) return;
    this.notices.tell(ctx, work, { kind, id }, 'new-device', started.id);
  }
}
