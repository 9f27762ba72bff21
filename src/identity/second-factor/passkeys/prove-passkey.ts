import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../../audit';
import { signedIn } from '../../../platform/access';
import type { Context } from '../../../platform/context';
import type { UnitOfWork } from '../../../platform/database';
import { Notices } from '../../notices/notices';
import type { Admitted } from '../admit';
import { AddingFactors } from '../adding-factors';
import { ProveSecondFactor, type SecondFactorAccount } from '../prove-second-factor';
import { newRecoveryCodes } from '../recovery-code-rules';
import { SecondFactorsStore } from '../second-factors.store';
import { isCopied } from './passkey-rules';
import { credentialOf, PasskeySignatures } from './passkey-signatures';
import { PasskeysStore } from './passkeys.store';

export interface NewPasskey {
  /** What she calls it. */
  name: string;
  /** `RegistrationResponseJSON`, as the browser gives it. */
  response: string;
}

/** Somebody makes a passkey, or proves one: counted, and let in, as by the code of an app. */
@Injectable()
export class ProvePasskey {
  constructor(
    private readonly proof: ProveSecondFactor,
    private readonly factors: SecondFactorsStore,
    private readonly store: PasskeysStore,
    private readonly adding: AddingFactors,
    private readonly signatures: PasskeySignatures,
    private readonly notices: Notices,
    private readonly audit: AuditTrail,
  ) {}

  /** Takes a new one into use; with the first second factor come recovery codes, told once. Throws UNAUTHENTICATED. */
  async first(ctx: Context, input: NewPasskey): Promise<{ token: Admitted; recoveryCodes: string[] }> {
    let recoveryCodes: string[] = [];
    const token = await this.proof.enter(ctx, async (work, account) => {
      await this.adding.check(work, signedIn(ctx));
      const isFirst = !(await this.factors.isSetUp(work, account));
      if (!(await this.add(ctx, work, account, input))) return false;
      if (isFirst) {
        recoveryCodes = newRecoveryCodes();
        await this.factors.addRecoveryCodes(work, account, recoveryCodes);
      }
      this.notices.tell(ctx, work, account, 'second-factor-set-up');
      this.record(ctx, work, account, 'second-factor.set-up');
      return true;
    });
    return { token, recoveryCodes };
  }

  /** To sign in. Throws UNAUTHENTICATED for a signature that is not right, RATE_LIMITED after five. */
  again(ctx: Context, input: { response: string }): Promise<Admitted> {
    return this.proof.enter(ctx, async (work, account) => {
      if (!(await this.isRight(ctx, work, account, input.response))) return false;
      this.record(ctx, work, account, 'second-factor.prove');
      return true;
    });
  }

  /** Once more since she signed in. Throws as `again`. */
  stepUp(ctx: Context, input: { response: string }): Promise<boolean> {
    return this.proof.once(ctx, (work, account) => this.isRight(ctx, work, account, input.response));
  }

  private async add(
    ctx: Context,
    work: UnitOfWork,
    account: SecondFactorAccount,
    { name, response }: NewPasskey,
  ): Promise<boolean> {
    const challenge = await this.store.take(work, ctx.actor.signIn!.id, 'REGISTER', ctx.now());
    const made = challenge && (await this.signatures.made(ctx, response, challenge));
    if (!made) return false;
    return this.store.add(work, account, { ...made, id: ctx.newId(), name, createdAt: ctx.now() });
  }

  private async isRight(
    ctx: Context,
    work: UnitOfWork,
    account: SecondFactorAccount,
    response: string,
  ): Promise<boolean> {
    const challenge = await this.store.take(work, ctx.actor.signIn!.id, 'PROVE', ctx.now());
    const credentialId = credentialOf(response);
    const passkey = credentialId && (await this.store.lock(work, account, credentialId));
    if (!challenge || !passkey || passkey.refusedAt) return false;
    const counted = await this.signatures.counted(ctx, response, challenge, passkey);
    if (counted === null) return false;
    if (isCopied(passkey.counter, counted)) {
      await this.store.refuse(work, account, passkey.id, ctx.now());
      this.notices.tell(ctx, work, account, 'passkey-copied');
      this.record(ctx, work, account, 'second-factor.copied');
      return false;
    }
    await this.store.use(work, account, passkey.id, counted, ctx.now());
    return true;
  }

  private record(ctx: Context, work: UnitOfWork, { kind, id }: SecondFactorAccount, action: string): void {
    this.audit.record(ctx, work, { action, resource: { type: kind, id }, detail: { by: 'passkey' } });
  }
}
