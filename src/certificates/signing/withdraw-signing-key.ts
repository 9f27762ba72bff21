import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type Fact, FactListeners, Outbox } from '../../platform/events';
import { signingKeyWithdrawn } from '../certificates.events';
import { CertificatesStore } from '../certificates.store';
import { IssueCertificate } from '../issue-certificate';
import { TrustBundles } from '../verifying/trust-bundles';
import { ReadSigningKeys } from './read-signing-keys';
import type { SigningKey, WithdrawalReason } from './signing-key.graphql';
import { SigningKeys } from './signing-keys';
import { SigningKeysStore } from './signing-keys.store';

/** Persons whose certificates are signed anew in one go; well within the time a transaction of the relay may take. */
const PORTION = 100;

/** A key is no longer to be believed: nothing it signed verifies, and whoever holds such a certificate gets a new one. */
@Injectable()
export class WithdrawSigningKey implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: SigningKeysStore,
    private readonly certificates: CertificatesStore,
    private readonly signingKeys: SigningKeys,
    private readonly issue: IssueCertificate,
    private readonly read: ReadSigningKeys,
    private readonly bundles: TrustBundles,
    private readonly audit: AuditTrail,
    private readonly outbox: Outbox,
    private readonly listeners: FactListeners,
  ) {}

  onModuleInit(): void {
    this.listeners.on(signingKeyWithdrawn, (ctx, fact) => this.signAnew(ctx, fact));
  }

  /** Throws NOT_FOUND for a key that is not the country's. */
  async run(ctx: Context, { kid, reason }: { kid: string; reason: WithdrawalReason }): Promise<SigningKey[]> {
    may(ctx, 'certificate.rotate-key');
    const known = await this.read.run(ctx);
    if (!known.some(key => key.kid === kid)) throw notFound();
    await this.replaceIfSigning(ctx, kid);
    await this.database.write(ctx, async work => {
      if (!(await this.store.noteWithdrawal(ctx, work, kid, reason))) return;
      this.audit.record(ctx, work, {
        action: 'certificate.withdraw-key',
        resource: { type: 'signing-key', id: kid },
        detail: { reason },
      });
      this.outbox.announce(ctx, work, signingKeyWithdrawn, kid, { kid, after: null });
    });
    await this.unlist(ctx, kid);
    return this.read.run(ctx);
  }

  /** First, so that at no moment a key signs that is not believed. */
  private async replaceIfSigning(ctx: Context, kid: string): Promise<void> {
    const { key, current, count } = await this.database.read(ctx, async work => {
      const key = await this.store.byKid(work, kid);
      const current = key && (await this.store.current(work, key.alg, ctx.now()));
      return { key, current, count: await this.store.count(work) };
    });
    if (!key || current?.kid !== kid) return;
    await this.signingKeys.open(ctx, await this.signingKeys.make(ctx, key.alg, count));
  }

  private async unlist(ctx: Context, kid: string): Promise<void> {
    await this.database.writePlatform(work => this.store.withdraw(work, ctx.tenant!.code, kid, ctx.now()));
    this.bundles.forget(ctx);
  }

  /** Also tells the directory once more, should the process that withdrew the key have died before it could. */
  private async signAnew(ctx: Context, fact: Fact<{ kid: string; after: string | null }>): Promise<void> {
    const { kid, after } = fact.payload;
    await this.unlist(ctx, kid);
    const holders = await this.database.read(ctx, work =>
      this.certificates.holdersSignedBy(work, kid, after, PORTION),
    );
    for (const personId of holders)
      await this.issue.run(ctx, { personId, factId: fact.id, cause: 'key-withdrawn', withdrawnKid: kid });
    const last = holders.at(-1);
    if (last)
      await this.database.write(ctx, async work =>
        this.outbox.announce(ctx, work, signingKeyWithdrawn, kid, { kid, after: last }),
      );
  }
}
