import { Injectable } from '@nestjs/common';
import { Stock } from '../../../inventory';
import type { Context } from '../../../platform/context';
import type { UnitOfWork } from '../../../platform/database';
import { Programmes } from '../../../programmes';
import { Persons } from '../../../registry';
import { USUAL_OFFLINE_RULE } from '../../offline/offline-rules';
import type { DoseCall } from '../../recording/dose-call';
import { InjectionSiteEnum, VaccineRouteEnum } from '../../vaccination.graphql';
import type { PaperBatchRow, StoredPaperRow } from './paper.store';

/** An id that nobody and nothing has, for what the country does not know. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** The doses that the rows of a register say were given. */
@Injectable()
export class PaperCalls {
  constructor(
    private readonly persons: Persons,
    private readonly stock: Stock,
    private readonly programmes: Programmes,
  ) {}

  /** Of rows that can be read. Checks no permission, and not that there is such a person or lot. */
  async of(
    ctx: Context,
    work: UnitOfWork,
    batch: PaperBatchRow,
    rows: readonly StoredPaperRow[],
  ): Promise<DoseCall[]> {
    const rule = (await this.programmes.current(ctx)).pack.offline ?? USUAL_OFFLINE_RULE;
    const personIds = await this.persons.idsOf(
      work,
      rows.map(({ cells }) => cells.person!),
    );
    const lots = await this.stock.numbered(work, batch.facilityId);
    return rows.map(row => {
      const { cells } = row;
      const vaccinatorId = cells.vaccinator || batch.vaccinatorId;
      return {
        ctx,
        input: {
          idempotencyKey: clientIdOf(row),
          personId: personIds.get(cells.person!) ?? NOBODY,
          facilityId: batch.facilityId,
          lotId: lots(cells.product!, cells.lot!) ?? NOBODY,
          givenOn: cells.given_on!,
          lateReason: `${batch.lateCause}: ${batch.register}`,
          vaccinatorId,
          site: cells.site ? InjectionSiteEnum[cells.site as keyof typeof InjectionSiteEnum] : null,
          route: cells.route ? VaccineRouteEnum[cells.route as keyof typeof VaccineRouteEnum] : null,
          presence: 'OVERRIDE',
          presenceReason: batch.register,
        },
        past: {
          keyOwner: toldBy(batch),
          request: cells,
          enteredBy: batch.enteredBy,
          permission: 'vaccination.record-late',
          givenAt: null,
          notBefore: null,
          secondPerson: !batch.doubleEntry,
          fault: null,
          duplicateDays: rule.duplicateDays,
        },
      };
    });
  }
}

/** Whether a row is no dose before somebody has looked at the paper. */
export const isUnclear = ({ fault, again }: StoredPaperRow): boolean => fault !== null || again !== null;

/** Whose keys the rows of a register are. */
export const toldBy = ({ id }: PaperBatchRow): string => `paper:${id}`;

/** What a row is called there. */
export const clientIdOf = ({ line }: StoredPaperRow): string => `line-${String(line).padStart(6, '0')}`;
