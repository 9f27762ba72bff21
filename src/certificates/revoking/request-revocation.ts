import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { Places } from '../../facilities';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, once, type UnitOfWork } from '../../platform/database';
import { invalid, notFound } from '../../platform/errors';
import { CertificatesStore } from '../certificates.store';
import { DosesInScope } from './doses-in-scope';
import { ReadRevocations } from './read-revocations';
import type { RevocationOrder } from './revocation.graphql';
import type { RevocationCause, RevocationScope } from './revocation-order';
import { RevocationOrdersStore } from './revocation-orders.store';

export interface RequestRevocationInput {
  idempotencyKey: string;
  lotId?: string | null;
  recorded?: { recorder: string; facilityId: string; from: string; until: string } | null;
  numbers?: readonly string[] | null;
  reason: string;
}

/** Somebody wants certificates of many people revoked. Nothing happens until a second person agrees. */
@Injectable()
export class RequestRevocation {
  constructor(
    private readonly database: Database,
    private readonly store: RevocationOrdersStore,
    private readonly certificates: CertificatesStore,
    private readonly doses: DosesInScope,
    private readonly places: Places,
    private readonly read: ReadRevocations,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws INVALID_INPUT unless it says one of the three, all of whose numbers are the country's; NOT_FOUND for a lot
   * of which no dose was given.
   */
  run(ctx: Context, input: RequestRevocationInput): Promise<RevocationOrder> {
    may(ctx, 'certificate.request-revocation');
    return this.database.write(ctx, async work => {
      const made = await once(ctx, work, input.idempotencyKey, input, async () => {
        const scope = await this.scopeOf(work, input);
        const id = ctx.newId();
        const cause: RevocationCause = scope.kind === 'lot' ? 'lot-recalled' : 'fraud';
        await this.store.add(ctx, work, { id, cause, scope, reason: input.reason });
        this.audit.record(ctx, work, {
          action: 'certificate.request-revocation',
          resource: { type: 'revocation-order', id },
          detail: { cause, scope: scope.kind },
        });
        return id;
      });
      return this.read.view(work, (await this.store.one(work, made!.id))!);
    });
  }

  private async ofLot(work: UnitOfWork, lotId: string): Promise<RevocationScope> {
    if ((await this.doses.count(work, { kind: 'lot', lotId })) === 0) throw notFound();
    return { kind: 'lot', lotId };
  }

  private async scopeOf(work: UnitOfWork, input: RequestRevocationInput): Promise<RevocationScope> {
    const { lotId, recorded, numbers } = input;
    const said = [lotId, recorded, numbers].filter(Boolean);
    if (said.length !== 1) throw invalid('input', 'certificates.invalid.oneScope');
    if (lotId) return this.ofLot(work, lotId);
    if (recorded) {
      if (recorded.from > recorded.until) throw invalid('recorded.until', 'certificates.invalid.daysInOrder');
      await this.places.of(work, recorded.facilityId);
      return { kind: 'recorder', ...recorded };
    }
    const unique = [...new Set(numbers)].sort();
    if ((await this.certificates.countNumbered(work, unique)) < unique.length)
      throw invalid('numbers', 'certificates.invalid.numbers');
    return { kind: 'numbers', numbers: unique };
  }
}
