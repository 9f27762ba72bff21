import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit';
import { addTo, decodeCursor, isCivilDate, isId, pageOf } from '../../common';
import { civilNow, nameFor, Places } from '../../facilities';
import { isAllowed, may, mayAnywhere, type Permission, reachesOf } from '../../platform/access';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { invalid } from '../../platform/errors';
import { type Programme, Programmes } from '../../programmes';
import { ListedPersons } from '../../registry';
import { NOWHERE } from '../forecast/keep-forecasts';
import { groupName, productsFor } from '../vaccine-names';
import { type DueDose, type DueListArgs, type DueTotal, ListedStatus } from './due-list.graphql';
import { type DueFilter, type DueRow, DueListsStore } from './due-lists.store';

const READ: Permission = 'due-list.read';
const A_YEAR = { months: 12, days: 0 };

/** A page of a due list, and what its totals are asked with. */
export interface DueListPage {
  to: string;
  items: DueDose[];
  endCursor: string | null;
  filter: DueFilter;
}

/**
 * Whom to look for in an area and a period, from the forecasts that are kept. Staff of a facility see its catchment: the
 * area it lies in, with everything below. Every person shown is in the audit trail, with the purpose.
 */
@Injectable()
export class ReadDueList {
  constructor(
    private readonly database: Database,
    private readonly store: DueListsStore,
    private readonly places: Places,
    private readonly people: ListedPersons,
    private readonly programmes: Programmes,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Throws INVALID_INPUT without a purpose and for a period that ends before it begins or more than a year ahead,
   * NOT_FOUND for an area the country does not have, FORBIDDEN for one beyond the caller's reach.
   */
  async page(ctx: Context, args: DueListArgs): Promise<DueListPage> {
    mayAnywhere(ctx, READ);
    if (!ctx.purpose) throw invalid('X-Purpose', 'registry.invalid.purposeNeeded');
    const programme = await this.programmes.current(ctx);
    return this.database.read(ctx, async work => {
      const areaId = args.areaId ?? null;
      await this.mayList(ctx, work, areaId);
      const areas = await this.places.areasWithin(work, areaId);
      const names = new Map(areas.map(area => [area.id, nameFor(ctx, area.names, area.code)]));
      const filter = filterOf(ctx, args, [...names.keys(), ...(areaId ? [] : [NOWHERE])]);
      const rows = await this.store.due(work, filter, keyIn(args.after ?? null), args.first + 1);
      const { items, endCursor } = pageOf(rows, args.first, keyOf);
      const shown = await this.people.of(ctx, work, [...new Set(items.map(({ personId }) => personId))]);
      this.record(ctx, work, areaId, [...shown.keys()]);
      return {
        to: filter.to,
        endCursor,
        filter,
        items: items.map(row => ({
          ...row,
          person: shown.get(row.personId)!,
          areaId: row.areaId === NOWHERE ? null : row.areaId,
          areaName: names.get(row.areaId) ?? null,
          vaccineGroupName: groupName(ctx, programme, row.vaccineGroup),
          status: row.overdue ? ListedStatus.OVERDUE : ListedStatus.DUE,
          products: productsFor(ctx, programme, row.vaccines),
        })),
      };
    });
  }

  /** Of a list that {@link page} has let the caller see. */
  async totals(ctx: Context, { filter }: Pick<DueListPage, 'filter'>): Promise<DueTotal[]> {
    mayAnywhere(ctx, READ);
    const programme = await this.programmes.current(ctx);
    const rows = await this.database.read(ctx, work => this.store.totals(work, filter));
    const groups = [...new Set(rows.map(({ vaccineGroup }) => vaccineGroup))];
    return groups.map(group =>
      totalOf(
        ctx,
        programme,
        group,
        rows.filter(({ vaccineGroup }) => vaccineGroup === group),
      ),
    );
  }

  /** By area: an area or the country that the caller's grant covers, or the catchment of her facility. */
  private async mayList(ctx: Context, work: UnitOfWork, areaId: string | null): Promise<void> {
    const areaIds = areaId ? await this.places.areaPath(work, areaId) : [];
    if (isAllowed(ctx, READ, { areaIds })) return;
    const facilities = reachesOf(ctx, READ).flatMap(reach => (reach.kind === 'facility' ? [reach.id] : []));
    const places = await this.places.ofAll(work, facilities);
    const own = [...places.values()].find(place => areaIds.includes(place.areaIds.at(-1)!));
    may(ctx, READ, own ?? { areaIds });
  }

  private record(ctx: Context, work: UnitOfWork, areaId: string | null, personIds: readonly string[]): void {
    const detail = { areaId, found: personIds.length };
    for (const id of personIds.length > 0 ? personIds : [null])
      this.audit.record(ctx, work, {
        action: READ,
        resource: { type: 'person', id },
        ...(id ? { personId: id } : {}),
        detail,
      });
  }
}

function filterOf(ctx: Context, args: DueListArgs, areaIds: string[]): DueFilter {
  const { date: today } = civilNow(ctx);
  const [from, to] = [args.from ?? null, args.to ?? today];
  if (to > addTo(today, A_YEAR) || (from && from > to)) throw invalid('to', 'forecasts.invalid.period');
  return {
    areaIds: areaIds.sort(),
    from,
    to,
    stillOn: from && from > today ? from : today,
    vaccineGroup: args.vaccineGroup ?? null,
    overdue: args.status ? args.status === ListedStatus.OVERDUE : null,
  };
}

function totalOf(
  ctx: Context,
  programme: Programme,
  vaccineGroup: string,
  rows: readonly { vaccines: string[]; due: number; overdue: number }[],
): DueTotal {
  const sum = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((all, row) => all + of(row), 0);
  const vaccines = rows.flatMap(row => row.vaccines);
  return {
    vaccineGroup,
    vaccineGroupName: groupName(ctx, programme, vaccineGroup),
    due: sum(row => row.due),
    overdue: sum(row => row.overdue),
    products: productsFor(ctx, programme, vaccines).map(product => ({
      ...product,
      doses: sum(row => (row.vaccines.includes(product.vaccine) ? row.due + row.overdue : 0)),
    })),
  };
}

type Key = Pick<DueRow, 'areaId' | 'recommended' | 'personId' | 'vaccineGroup' | 'seriesGroup'>;

const keyOf = (row: Key): string =>
  JSON.stringify([row.areaId, row.recommended, row.personId, row.vaccineGroup, row.seriesGroup]);

/** The row a page starts after. A forged cursor is none, and starts from the beginning. */
function keyIn(cursor: string | null): Key | null {
  const parts = cursor ? partsOf(decodeCursor(cursor)) : [];
  const [areaId, recommended, personId, vaccineGroup, seriesGroup] = parts;
  if (!areaId || !isId(areaId) || !isCivilDate(recommended) || !personId || !isId(personId)) return null;
  if (vaccineGroup === undefined || seriesGroup === undefined) return null;
  return { areaId, recommended, personId, vaccineGroup, seriesGroup };
}

function partsOf(text: string): string[] {
  try {
    const parts: unknown = JSON.parse(text);
    const isPart = (part: unknown): part is string => typeof part === 'string' && !part.includes('\0');
    return Array.isArray(parts) && parts.every(isPart) ? parts : [];
  } catch {
    return [];
  }
}
