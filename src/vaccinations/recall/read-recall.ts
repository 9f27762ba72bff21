import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { decodeCursor, isId, type PageRequest, pageOf } from '../../common';
import { amountOf, type Lot, type LotAt, Stock } from '../../inventory';
import { may } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { LotRecall, LotRecallBox, LotRecallFacility, LotRecipient, LotRecipientPage } from './recall.graphql';
import { type GivenAt, type Recipient, RecallStore } from './recall.store';

/** From a lot to everybody who has it: on the shelf, on its way, in the arm. For the whole country or not at all. */
@Injectable()
export class ReadRecall {
  constructor(
    private readonly database: Database,
    private readonly store: RecallStore,
    private readonly stock: Stock,
    private readonly audit: AuditTrail,
  ) {}

  /** Throws NOT_FOUND for no such lot. */
  run(ctx: Context, lotId: string): Promise<LotRecall> {
    return this.database.read(ctx, async work => {
      const lot = await this.lot(ctx, work, lotId);
      const held = await this.stock.whereabouts(work, lotId);
      const facilities = together(held, await this.given(work, lot));
      const boxes = await this.stock.boxesWith(work, lotId);
      const sum = (part: Part): number => facilities.reduce((total, facility) => total + facility[part], 0);
      this.audit.record(ctx, work, {
        action: 'stock.recall',
        resource: { type: 'lot', id: lotId },
        detail: { facilities: facilities.length },
      });
      return Object.assign(new LotRecall(), {
        lotId,
        lotNumber: lot.lotNumber,
        productCode: lot.productCode,
        unit: lot.unit,
        onHand: sum('onHand'),
        setAside: sum('setAside'),
        onTheWay: sum('onTheWay'),
        setApart: sum('setApart'),
        awaitingDestruction: sum('awaitingDestruction'),
        given: sum('given'),
        boxes: boxes.map(({ unitId, unit, doses, ...box }) =>
          Object.assign(new LotRecallBox(), { ...box, ...amountOf(unit, doses), unit: unitId }),
        ),
        facilities,
        asOf: ctx.now(),
      });
    });
  }

  /** Each person of a page is in the trail: somebody looked at who she is to be told. */
  recipients(ctx: Context, lotId: string, page: PageRequest): Promise<LotRecipientPage> {
    return this.database.read(ctx, async work => {
      await this.lot(ctx, work, lotId);
      const found = await this.store.recipients(work, lotId, placeOf(page), page.first + 1);
      const { items, endCursor } = pageOf(found, page.first, keyOf);
      for (const { personId, facilityId, vaccinationId } of items)
        this.audit.record(ctx, work, {
          action: 'stock.recall',
          resource: { type: 'vaccination', id: vaccinationId },
          personId,
          facilityId,
        });
      const recipients = items.map(item => Object.assign(new LotRecipient(), item));
      return Object.assign(new LotRecipientPage(), { items: recipients, endCursor });
    });
  }

  /** By the records of the doses; of a supply by the ledger. */
  private async given(work: UnitOfWork, { id, unit }: Lot): Promise<GivenAt[]> {
    if (unit === 'DOSE') return this.store.givenBy(work, id);
    const used = await this.stock.used(work, id);
    return used.map(({ facilityId, pieces }) => ({ facilityId, doses: pieces, persons: 0 }));
  }

  private async lot(ctx: Context, work: UnitOfWork, lotId: string) {
    may(ctx, 'stock.recall', {});
    const lot = await this.stock.lot(work, lotId);
    if (!lot) throw notFound();
    return lot;
  }
}

type Part = keyof Omit<LotAt, 'facilityId'> | 'given';

/** What each facility has and gave, in one list. */
function together(held: readonly LotAt[], given: readonly GivenAt[]): LotRecallFacility[] {
  const none = {
    onHand: 0,
    setAside: 0,
    onTheWay: 0,
    setApart: 0,
    awaitingDestruction: 0,
    given: 0,
    persons: 0,
  };
  const facilities = new Map<string, LotRecallFacility>();
  const at = (facilityId: string): LotRecallFacility => {
    const known = facilities.get(facilityId);
    const facility = known ?? Object.assign(new LotRecallFacility(), { facilityId, ...none });
    facilities.set(facilityId, facility);
    return facility;
  };
  for (const { facilityId, ...parts } of held) Object.assign(at(facilityId), parts);
  for (const { facilityId, doses, persons } of given)
    Object.assign(at(facilityId), { given: doses, persons });
  return [...facilities.values()].sort((one, other) => (one.facilityId < other.facilityId ? -1 : 1));
}

const keyOf = ({ vaccinationId }: Recipient): string => vaccinationId;

/** A forged cursor only starts the page elsewhere. */
function placeOf({ after }: PageRequest): { vaccinationId: string } | null {
  const vaccinationId = after ? decodeCursor(after) : '';
  return isId(vaccinationId) ? { vaccinationId } : null;
}
