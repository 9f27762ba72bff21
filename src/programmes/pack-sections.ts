import { Injectable } from '@nestjs/common';
import type { Context } from '../platform/context';
import type { UnitOfWork } from '../platform/database';
import type { CountryPack } from './country-pack';

/** A part of a pack that becomes rows of some module when the pack is published. */
export interface PackSection {
  /** For logs, e.g. `areas`. */
  name: string;
  /** Brings the module's rows to what the pack says, in the transaction of the publication. Keeps the ids of what stays. */
  apply: (ctx: Context, work: UnitOfWork, pack: CountryPack) => Promise<void>;
}

/** Who takes part in a publication. Modules above `programmes` add themselves at start. */
@Injectable()
export class PackSections {
  private readonly sections: PackSection[] = [];

  add(section: PackSection): void {
    this.sections.push(section);
  }

  async apply(ctx: Context, work: UnitOfWork, pack: CountryPack): Promise<void> {
    for (const section of this.sections) await section.apply(ctx, work, pack);
  }
}
