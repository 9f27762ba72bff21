import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../audit';
import { lintSchedule } from '../forecasting';
import { may } from '../platform/access';
import type { Context } from '../platform/context';
import { Database } from '../platform/database';
import { Texts } from '../platform/i18n';
import {
  type CountryPack,
  packHash,
  type PackFault,
  type PackFile,
  readPack,
  runGolden,
} from './country-pack';
import { CountryPackDrafted, CountryPackFault, CountryPackRefused } from './country-pack.graphql';
import { ProgrammesStore } from './programmes.store';

/**
 * Takes in a country pack as a draft. It is read whole or not at all: every fault of every file comes back with file,
 * line and reason; a schedule that contradicts itself or does not answer its own golden cases is a fault too. Nothing is in force until
 * it is published.
 */
@Injectable()
export class DraftPack {
  constructor(
    private readonly database: Database,
    private readonly store: ProgrammesStore,
    private readonly audit: AuditTrail,
    private readonly texts: Texts,
  ) {}

  async run(
    ctx: Context,
    input: { files: readonly PackFile[] },
  ): Promise<CountryPackDrafted | CountryPackRefused> {
    may(ctx, 'pack.draft');
    const reading = readPack(input.files);
    if (!reading.pack) {
      const told = reading.faults.map(fault => this.told(ctx, fault));
      return this.refused(ctx, told, reading.more);
    }
    const faults = this.faultsOf(ctx, reading.pack);
    return faults.length > 0 ? this.refused(ctx, faults) : this.keep(ctx, reading.pack);
  }

  /** What is wrong with a pack that reads well: another country's, a schedule that contradicts itself or its golden cases. */
  private faultsOf(ctx: Context, pack: CountryPack): CountryPackFault[] {
    const { country } = pack.profile;
    if (country !== ctx.tenant?.country)
      return [this.fault(ctx, 'pack.json', 'country', 'country-mismatch', country)];
    const contradictions = lintSchedule(pack.schedule)
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => this.fault(ctx, 'schedule.json', path, 'schedule-lint', code));
    if (contradictions.length > 0) return contradictions;
    return runGolden(pack).map(({ name, group, property, expected, found }) =>
      this.fault(ctx, 'golden.json', `${name}.${group}.${property}`, 'golden-case', `${expected} ≠ ${found}`),
    );
  }

  private keep(ctx: Context, pack: CountryPack): Promise<CountryPackDrafted> {
    const id = ctx.newId();
    return this.database.write(ctx, async work => {
      await this.store.addPack(ctx, work, id, packHash(pack), pack);
      this.audit.record(ctx, work, { action: 'pack.draft', resource: { type: 'country-pack', id } });
      return Object.assign(new CountryPackDrafted(), { pack: await this.store.pack(work, id) });
    });
  }

  private refused(ctx: Context, faults: CountryPackFault[], more = 0): CountryPackRefused {
    const message = this.texts.say(ctx, 'programmes.packRefused', { count: faults.length + more });
    return Object.assign(new CountryPackRefused(), { message, faults, more });
  }

  private told(ctx: Context, fault: PackFault): CountryPackFault {
    const reason = this.texts.say(ctx, `country-packs.${fault.code}`);
    const facts = Object.values(fault.params).join(', ');
    return Object.assign(new CountryPackFault(), {
      ...fault,
      reason: facts ? `${reason}: ${facts}` : reason,
    });
  }

  private fault(ctx: Context, file: string, path: string, code: string, facts: string): CountryPackFault {
    const reason = `${this.texts.say(ctx, `country-packs.${code}`)}: ${facts}`;
    return Object.assign(new CountryPackFault(), { file, line: 1, column: 1, path, code, reason });
  }
}
