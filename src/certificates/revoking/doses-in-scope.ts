import { Injectable } from '@nestjs/common';
import type { UnitOfWork } from '../../platform/database';
import { RecallStore } from '../../vaccinations';
import { CertificatesStore } from '../certificates.store';
import type { RevocationScope } from './revocation-order';

/** A dose that an order is about. */
export interface DoseInScope {
  personId: string;
  vaccinationId: string;
}

/** The doses that an order for revocation is about, in the order of their people's ids. */
@Injectable()
export class DosesInScope {
  constructor(
    private readonly recall: RecallStore,
    private readonly certificates: CertificatesStore,
  ) {}

  /** How many doses that are now. */
  async count(work: UnitOfWork, scope: RevocationScope): Promise<number> {
    if (scope.kind === 'lot') return this.recall.countOfLot(work, scope.lotId);
    if (scope.kind === 'recorder') return this.recall.countRecordedBy(work, scope);
    return (await this.certificates.dosesOn(work, scope.numbers)).length;
  }

  /** The next ones after a dose; at most `limit`. */
  async after(
    work: UnitOfWork,
    scope: RevocationScope,
    last: DoseInScope | null,
    limit: number,
  ): Promise<DoseInScope[]> {
    if (scope.kind === 'lot') return this.recall.recipients(work, scope.lotId, last, limit);
    if (scope.kind === 'recorder') return this.recall.recordedBy(work, scope, last, limit);
    const all = await this.certificates.dosesOn(work, scope.numbers);
    const from = last ? all.findIndex(dose => keyOf(dose) > keyOf(last)) : 0;
    return from < 0 ? [] : all.slice(from, from + limit);
  }
}

const keyOf = ({ personId, vaccinationId }: DoseInScope): string => `${personId} ${vaccinationId}`;
