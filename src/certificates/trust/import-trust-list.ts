import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import type { Reason } from '../../codecs';
import { readTrustList } from '../../codecs/trust-lists';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database } from '../../platform/database';
import { AppError } from '../../platform/errors';
import { Texts } from '../../platform/i18n';
import { type ImportTrustListInput, type TrustList, TrustListUnreadable } from './trust-list.graphql';
import { TrustListsStore } from './trust-lists.store';

/** From now on a country believes what these signers certify, until a day, and nobody else's list of the same code. */
@Injectable()
export class ImportTrustList {
  constructor(
    private readonly database: Database,
    private readonly store: TrustListsStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  /** INVALID_INPUT for a day that has passed. A list with one fault is refused whole. */
  async run(ctx: Context, input: ImportTrustListInput): Promise<TrustList | TrustListUnreadable> {
    may(ctx, 'certificate.trust');
    const { code, validUntil, shape, document, issuer, usages } = input;
    if (validUntil <= ctx.now()) throw new AppError('INVALID_INPUT');
    const read = readTrustList(shape, document, issuer ?? null);
    if (read.outcome !== 'read') return this.unreadable(ctx, read.reason);
    const signers = usages ? read.signers.map(signer => ({ ...signer, usages })) : read.signers;
    return this.database.write(ctx, async work => {
      await this.store.add(ctx, work, { id: ctx.newId(), code, validUntil }, { ...read, signers });
      this.audit.record(ctx, work, {
        action: 'certificate.import-trust-list',
        resource: { type: 'trust-list', id: code },
        detail: { shape, signers: signers.length, contexts: Object.keys(read.contexts).length },
      });
      const lists = await this.store.newest(work);
      return lists.find(list => list.code === code)!;
    });
  }

  private unreadable(ctx: Context, reason: Reason): TrustListUnreadable {
    const message = this.texts.say(ctx, 'certificates.refusal.trustListUnreadable');
    return Object.assign(new TrustListUnreadable(), { message, reason });
  }
}
