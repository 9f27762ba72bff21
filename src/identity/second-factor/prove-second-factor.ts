import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { signedIn } from '../../platform/access';
import type { Actor, Context } from '../../platform/context';
import type { UnitOfWork } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Holders } from '../accounts/holders';
import { Notices } from '../notices/notices';
import { Planes } from '../planes';
import { EndedSignIns } from '../sign-ins/ended-sign-ins';
import type { CameByIssuer } from '../sign-ins/sign-in-rules';
import { SignInsStore } from '../sign-ins/sign-ins.store';
import { StartSignIn } from '../sign-ins/start-sign-in';
import { Tries } from '../sign-ins/tries';
import { stepOf } from './one-time-password-rules';
import { AddingFactors } from './adding-factors';
import type { Admitted } from './admit';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-code-rules';
import { accountOf } from './second-factor-rules';
import { Secrets } from './secrets';
import { SecondFactorsStore } from './second-factors.store';

/** Whose second factor it is. */
export type SecondFactorAccount = ReturnType<typeof accountOf>;
type Account = SecondFactorAccount;
type Me = Actor & { id: string };
/** Whether what was sent proves the factor; what it writes is committed either way, so that each try counts. */
type IsRight = (work: UnitOfWork, account: Account) => Promise<boolean>;

/**
 * Somebody proves her second factor, the first time or each time she signs in, and gets a token that carries her roles.
 * Codes are counted like passwords: five before a quarter of an hour, each before it is looked at.
 */
@Injectable()
export class ProveSecondFactor {
  constructor(
    private readonly planes: Planes,
    private readonly holders: Holders,
    private readonly store: SecondFactorsStore,
    private readonly adding: AddingFactors,
    private readonly secrets: Secrets,
    private readonly tries: Tries,
    private readonly start: StartSignIn,
    private readonly signIns: SignInsStore,
    private readonly ended: EndedSignIns,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
  ) {}

  /** By the app's code or a recovery code. Throws UNAUTHENTICATED for a code that is not right, or was used. */
  async again(ctx: Context, input: { code: string }): Promise<Admitted> {
    return this.enter(ctx, async (work, account) => {
      const isApps = await this.takeCode(ctx, work, account, input.code, true);
      const hash = hashOfRecoveryCode(input.code);
      const by = isApps ? 'app' : 'recovery code';
      if (!isApps && !(await this.store.useRecoveryCode(work, account, hash, ctx.now()))) return false;
      this.record(ctx, work, account, 'second-factor.prove', { by });
      return true;
    });
  }

  /**
   * The first code of the app that was begun. Recovery codes are told once, with the first second factor. Throws as
   * `again`, and as {@link AddingFactors.check}.
   */
  async first(ctx: Context, input: { code: string }): Promise<{ token: Admitted; recoveryCodes: string[] }> {
    let recoveryCodes: string[] = [];
    const token = await this.enter(ctx, async (work, account) => {
      await this.adding.check(work, signedIn(ctx));
      const isFirst = !(await this.store.isSetUp(work, account));
      if (!(await this.takeCode(ctx, work, account, input.code, false))) return false;
      if (isFirst) {
        recoveryCodes = newRecoveryCodes();
        await this.store.addRecoveryCodes(work, account, recoveryCodes);
      }
      this.notices.tell(ctx, work, account, 'second-factor-set-up');
      this.record(ctx, work, account, 'second-factor.set-up', {});
      return true;
    });
    return { token, recoveryCodes };
  }

  /** Once more since she signed in, for what asks for more than a token. Throws as `again`. */
  stepUp(ctx: Context, input: { code: string }): Promise<boolean> {
    return this.once(ctx, (work, account) => this.takeCode(ctx, work, account, input.code, true));
  }

  /** As {@link stepUp}, by any factor. */
  async once(ctx: Context, isRight: IsRight): Promise<boolean> {
    const me = signedIn(ctx);
    const account = accountOf(me);
    const name = nameOf(account);
    const done = await this.planes.write(ctx, account.kind, async work => {
      await this.tries.spend(ctx, work, account.kind, name);
      if (!me.signIn || !(await isRight(work, account))) return false;
      await this.tries.forgive(ctx, work, account.kind, name);
      this.record(ctx, work, account, 'second-factor.step-up', {});
      return this.signIns.stepUp(work, me, me.signIn.id, ctx.now());
    });
    if (!done) throw new AppError('UNAUTHENTICATED');
    return true;
  }

  /** A token that carries the roles, once any factor is proved; the entrant's is worth nothing then. Throws as `again`. */
  async enter(ctx: Context, isRight: IsRight): Promise<Admitted> {
    const me = signedIn(ctx);
    const account = accountOf(me);
    const name = nameOf(account);
    const issued = await this.planes.write(ctx, account.kind, async work => {
      await this.tries.spend(ctx, work, account.kind, name);
      const holder = await this.holders.of(work, account);
      if (!holder || !(await isRight(work, account))) return null; // committed: the try counts
      await this.tries.forgive(ctx, work, account.kind, name);
      // Ended meanwhile, by an issuer or by whoever answers for her: then she is not in.
      if (!(await this.leaves(ctx, work, me))) return null;
      return this.start.in(ctx, work, holder, await this.issuerOf(work, me));
    });
    if (!issued) throw new AppError('UNAUTHENTICATED');
    this.ended.forget(ctx, me satisfies Me);
    return { ...issued, next: 'NONE' };
  }

  /** An entrant's sign-in is over; one that carries roles goes on beside the new one. False when it was ended before. */
  private async leaves(ctx: Context, work: UnitOfWork, me: Me): Promise<boolean> {
    if (!me.signIn || (await this.signIns.holdEnded(work, me.signIn.id))) return false;
    if (me.kind !== accountOf(me).kind) await this.signIns.endOne(work, me, me.signIn.id, ctx.now());
    return true;
  }

  /** What an issuer may end stays so; operators come by none. */
  private issuerOf(work: UnitOfWork, me: Me): Promise<CameByIssuer | null> {
    return accountOf(me).kind === 'staff'
      ? this.signIns.issuerOf(work, me.signIn!.id)
      : Promise.resolve(null);
  }

  /** Whether the code is one of the app's that was not used; `inUse` says whether the app must have been set up. */
  private async takeCode(
    ctx: Context,
    work: UnitOfWork,
    account: Account,
    code: string,
    inUse: boolean,
  ): Promise<boolean> {
    const row = await this.store.lock(work, account);
    if (!row || (row.confirmedAt !== null) !== inUse) return false;
    const secret = this.secrets.open(ctx, account, row.secretSealed);
    const step = stepOf(secret, code, ctx.now(), row.lastStep);
    if (step === null) return false;
    await this.store.take(work, account, step, ctx.now());
    return true;
  }

  private record(
    ctx: Context,
    work: UnitOfWork,
    { kind, id }: Account,
    action: string,
    detail: object,
  ): void {
    this.audit.record(ctx, work, { action, resource: { type: kind, id }, detail: { ...detail } });
  }
}

/** By which its tries are counted, whichever factor is tried. */
const nameOf = ({ id }: Account): string => `second factor of ${id}`;
