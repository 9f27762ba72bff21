import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '../../common';
import type { Context } from '../../platform/context';
import { Database, type UnitOfWork } from '../../platform/database';
import { notFound } from '../../platform/errors';
import { type PackArea, PackSections } from '../../programmes';
import { type AreaRow, AreasStore } from './areas.store';

/** The parts of a country, as its published pack has them. Public: anybody may read them. */
@Injectable()
export class Areas implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly store: AreasStore,
    private readonly sections: PackSections,
  ) {}

  onModuleInit(): void {
    this.sections.add({ name: 'areas', apply: (ctx, work, pack) => this.apply(ctx, work, pack.areas) });
  }

  /**
   * Brings the areas to what a pack says, in two statements however many there are. An area keeps its id as long as
   * its code stays; one that the pack no longer has becomes inactive, since places and people may still lie in it.
   * `areas` must have been checked: codes unique, parents among them, no circle.
   */
  async apply(ctx: Context, work: UnitOfWork, areas: readonly PackArea[]): Promise<void> {
    await this.store.upsert(
      work,
      areas.map(area => ({ ...area, id: ctx.newId() })),
    );
    await this.store.linkAndRetire(
      work,
      areas.map(({ code, parent }) => ({ code, parent })),
    );
  }

  /** The active areas directly below one, or those at the top; in the order of their codes. */
  async below(ctx: Context, parentId: string | null, page: PageRequest): Promise<Page<AreaRow>> {
    const rows = await this.database.read(ctx, work => this.store.below(work, parentId, page));
    return pageOf(rows, page.first, row => row.code);
  }

  /** Throws NOT_FOUND. An inactive area can be read too: records still point at it. */
  async one(ctx: Context, id: string): Promise<AreaRow> {
    const area = await this.database.read(ctx, work => this.store.area(work, id));
    if (!area) throw notFound();
    return area;
  }
}
